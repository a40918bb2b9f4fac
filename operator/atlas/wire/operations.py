"""The GraphQL operations our client sends.

Names of operations and fields are those that existing clients of Atlas use; ``docs/reference/wire.md`` lists them. A
server may answer less than is asked for (unknown output is null). What they carry is in ``contract``.
"""

from __future__ import annotations

from typing import NamedTuple


class Operation(NamedTuple):
    """A GraphQL text and the root field whose value is its result."""

    text: str
    field: str


_PAGE_INFO = "pageInfo { page pageSize total }"
_DATABASE = "id extID repo name env status currentVersion lastDeploymentTime"
_DEPLOYMENT = "id repo type env database planned succeeded version status startedAt completedAt"
_REPO = "id slug title type url driver databases { synced failed pending }"
_PLAN = "id name schemaSlug status fromHash toHash migration link url"

BOT = Operation("query Bot { me { name org } }", "me")
DIR_STATE = Operation(
    "query dirState($input: DirStateInput!) { dirState(input: $input) { content digest version tag movedAt } }",
    "dirState",
)
PUSH_DIR = Operation("mutation pushDir($input: PushDirInput!) { pushDir(input: $input) { url } }", "pushDir")
DIFF_SYNC_DIR = Operation(
    "mutation diffSyncDir($input: DiffSyncDirInput!) { diffSyncDir(input: $input) { url } }", "diffSyncDir"
)
SCHEMA_STATE = Operation(
    "query schemaState($input: SchemaStateInput!) { schemaState(input: $input) { hcl digest version tag driver movedAt } }",
    "schemaState",
)
PUSH_SCHEMA = Operation(
    "mutation pushSchema($input: PushSchemaInput!) { pushSchema(input: $input) { link slug url version } }",
    "pushSchema",
)
CREATE_DECLARATIVE_PLAN = Operation(
    "mutation CreateDeclarativePlan($input: CreateDeclarativePlanInput!) "
    f"{{ CreateDeclarativePlan(input: $input) {{ {_PLAN} }} }}",
    "CreateDeclarativePlan",
)
DECLARATIVE_PLAN_BY_HASHES = Operation(
    "query DeclarativePlanByHashes($input: DeclarativePlanByHashesInput!) "
    f"{{ DeclarativePlanByHashes(input: $input) {{ {_PLAN} }} }}",
    "DeclarativePlanByHashes",
)
DECLARATIVE_PLAN_BY_NAME = Operation(
    "query DeclarativePlanByName($input: DeclarativePlanByNameInput!) "
    f"{{ DeclarativePlanByName(input: $input) {{ {_PLAN} }} }}",
    "DeclarativePlanByName",
)
DECLARATIVE_PLANS = Operation(
    "query DeclarativePlans($input: DeclarativePlansInput!) "
    f"{{ DeclarativePlans(input: $input) {{ {_PLAN} }} }}",
    "DeclarativePlans",
)
APPROVE_DECLARATIVE_PLAN = Operation(
    "mutation ApproveDeclarativePlan($input: DeclarativePlanInput!) "
    f"{{ ApproveDeclarativePlan(input: $input) {{ {_PLAN} }} }}",
    "ApproveDeclarativePlan",
)
DELETE_DECLARATIVE_PLAN = Operation(
    "mutation DeleteDeclarativePlan($input: DeclarativePlanInput!) "
    "{ DeleteDeclarativePlan(input: $input) { success } }",
    "DeleteDeclarativePlan",
)
REPOS = Operation(
    f"query repos($input: ReposInput) {{ repos(input: $input) {{ repos {{ {_REPO} }} {_PAGE_INFO} }} }}",
    "repos",
)
CREATE_REPO = Operation(
    f"mutation createRepo($input: CreateRepoInput!) {{ createRepo(input: $input) {{ {_REPO} }} }}",
    "createRepo",
)
DESCRIBE_REPO = Operation(
    f"query describeRepo($input: DescribeRepoInput!) {{ describeRepo(input: $input) {{ {_REPO} }} }}",
    "describeRepo",
)
REPO_INDEX = Operation(
    "query repoIndex($input: RepoIndexInput!) { repoIndex(input: $input) { index } }", "repoIndex"
)
REPORT_MIGRATION = Operation(
    "mutation ReportMigration($input: ReportMigrationInput!) { reportMigration(input: $input) { url } }",
    "reportMigration",
)
REPORT_MIGRATION_SET = Operation(
    "mutation ReportMigrationSet($input: ReportMigrationSetInput!) { reportMigrationSet(input: $input) { url } }",
    "reportMigrationSet",
)
DATABASES = Operation(
    f"query databases($input: DatabasesInput) {{ databases(input: $input) {{ databases {{ {_DATABASE} }} {_PAGE_INFO} }} }}",
    "databases",
)
DESCRIBE_DATABASE = Operation(
    f"query describeDatabase($input: DescribeDatabaseInput!) {{ describeDatabase(input: $input) {{ {_DATABASE} }} }}",
    "describeDatabase",
)
DEPLOYMENTS = Operation(
    f"query deployments($input: DeploymentsInput) {{ deployments(input: $input) {{ deployments {{ {_DEPLOYMENT} }} {_PAGE_INFO} }} }}",
    "deployments",
)
DESCRIBE_DEPLOYMENT = Operation(
    "query describeDeployment($input: DescribeDeploymentInput!) { describeDeployment(input: $input) "
    f"{{ {_DEPLOYMENT} error targets {{ extID database env version status error }} }} }}",
    "describeDeployment",
)
