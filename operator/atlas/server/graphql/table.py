"""Which resolver answers which root field: the whole API of ``/query`` at a glance."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from atlas.server.graphql.databases import databases, describe_database
from atlas.server.graphql.deployments import deployments, describe_run
from atlas.server.graphql.directories import diff_sync_dir, dir_state, dirs, push_dir
from atlas.server.graphql.execute import Resolvers
from atlas.server.graphql.identity import me, validate_token
from atlas.server.graphql.plans import (
    approve_declarative_plan,
    create_declarative_plan,
    declarative_plan_by_hashes,
    declarative_plan_by_name,
    declarative_plans,
    delete_declarative_plan,
)
from atlas.server.graphql.reports import report_migration, report_migration_set
from atlas.server.graphql.repositories import create_repo, describe_repo, repo_index, repos
from atlas.server.graphql.schemas import push_schema, schema_state

if TYPE_CHECKING:
    from atlas.server.store.registry import Principal, Registry

_QUERIES = {
    "me": me,
    "bot": me,
    "dirState": dir_state,
    "dirs": dirs,
    "schemaState": schema_state,
    "DeclarativePlanByHashes": declarative_plan_by_hashes,
    "DeclarativePlanByName": declarative_plan_by_name,
    "DeclarativePlans": declarative_plans,
    "repos": repos,
    "describeRepo": describe_repo,
    "repoIndex": repo_index,
    "databases": databases,
    "describeDatabase": describe_database,
    "deployments": deployments,
    "describeDeployment": describe_run,
}
_MUTATIONS = {
    "pushDir": push_dir,
    "diffSyncDir": diff_sync_dir,
    "pushSchema": push_schema,
    "CreateDeclarativePlan": create_declarative_plan,
    "ApproveDeclarativePlan": approve_declarative_plan,
    "DeleteDeclarativePlan": delete_declarative_plan,
    "createRepo": create_repo,
    "reportMigration": report_migration,
    "reportMigrationSet": report_migration_set,
    "validateToken": validate_token,
}


def resolvers_for(registry: Registry, principal: Principal) -> Resolvers:
    """The resolvers as one principal may use them."""
    return Resolvers(
        query={name: partial(resolver, registry, principal) for name, resolver in _QUERIES.items()},
        mutation={name: partial(resolver, registry, principal) for name, resolver in _MUTATIONS.items()},
    )
