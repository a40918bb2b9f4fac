"""``lint`` blocks: what an environment says, what it takes from the file, and what is refused."""

from __future__ import annotations

import pytest
from atlas.engine.lint import AnalyzerSettings, LintPolicy, NameRule, Review
from atlas.errors import AtlasError, SpecError, Unsupported
from atlas.project import load


def policy(text: str, env: str | None = "e") -> LintPolicy:
    return load([("atlas.hcl", text)], env_name=env, variables={}).lint


EVERYTHING = """
lint {
  latest = 3
  review = WARNING
  format = "{{ .URL }}"
  destructive {
    error = false
    force = true
    allow_table {
      match = "^tmp_"
    }
  }
  naming {
    error   = true
    match   = "^[a-z]+$"
    message = "must be lower case"
    index {
      match = "_idx$"
    }
  }
  concurrent_index {
    check_create = false
  }
}
env "e" {
}
"""


def test_everything_of_a_block_is_read() -> None:
    for env in ("e", None):
        assert policy(EVERYTHING, env) == LintPolicy(
            analyzers={
                "destructive": AnalyzerSettings(
                    error=False, switches={"force": True}, names={"allow_table": NameRule("^tmp_")}
                ),
                "naming": AnalyzerSettings(
                    error=True,
                    names={"": NameRule("^[a-z]+$", "must be lower case"), "index": NameRule("_idx$")},
                ),
                "concurrent_index": AnalyzerSettings(switches={"check_create": False}),
            },
            review=Review.WARNING,
            latest=3,
            format="{{ .URL }}",
        )


def test_an_environment_takes_from_the_file_what_it_does_not_say() -> None:
    found = policy(
        """
        lint {
          review = ALWAYS
          git {
            base = "master"
            dir  = "db"
          }
          destructive {
            error = false
          }
          incompatible {
            error = true
          }
        }
        env "e" {
          lint {
            destructive {
              force = true
            }
            data_depend {
              error = true
            }
          }
        }
        """
    )

    assert (found.review, found.git_base, found.git_dir, found.latest) == (Review.ALWAYS, "master", "db", 0)
    assert found.analyzers == {
        "destructive": AnalyzerSettings(switches={"force": True}),
        "incompatible": AnalyzerSettings(error=True),
        "data_depend": AnalyzerSettings(error=True),
    }


def test_how_new_files_are_found_is_taken_as_a_whole() -> None:
    found = policy(
        'lint {\n  git {\n    base = "master"\n  }\n}\nenv "e" {\n  lint {\n    latest = 2\n  }\n}\n'
    )

    assert (found.latest, found.git_base) == (2, "")


def test_a_file_without_a_block_has_a_policy_that_says_nothing() -> None:
    assert policy('env "e" {\n}\n') == LintPolicy()


@pytest.mark.parametrize(
    ("block", "kind", "words"),
    [
        ("ownership {}", Unsupported, 'block "ownership" is not supported'),
        ("nonsense = 1", Unsupported, 'attribute "nonsense" is not supported'),
        ("destructive {\n check_drop = true\n }", Unsupported, 'attribute "check_drop" is not supported'),
        ("naming {\n view {}\n }", Unsupported, 'block "view" is not supported'),
        ('naming {\n match = "("\n }', SpecError, 'naming.match "(" is no regular expression'),
        ("review = SOMETIMES", SpecError, 'review "sometimes" is unknown'),
        ('format = "a"\n log = "b"', SpecError, "expected format or log"),
        ("latest = 1.5", AtlasError, "latest: a number of files is required"),
        ('destructive {\n error = "maybe"\n }', AtlasError, "error: "),
    ],
)
def test_what_is_not_understood_is_refused_where_lint_is_asked_for(
    block: str, kind: type[AtlasError], words: str
) -> None:
    text = f'lint {{\n {block}\n}}\nenv "e" {{\n}}\n'
    project = load([("atlas.hcl", text)], env_name="e", variables={})

    with pytest.raises(kind) as refused:
        _ = project.lint

    assert words in str(refused.value)


def test_the_flow_of_going_down_is_read() -> None:
    text = 'env "e" {\n  protected_flows {\n    migrate_down {\n      allow = true\n    }\n  }\n}\n'
    env = load([("atlas.hcl", text)], env_name="e", variables={}).env

    assert env is not None
    assert (env.migrate_down.allow, env.migrate_down.auto_approve) == (True, None)
    with pytest.raises(Unsupported):
        load(
            [("atlas.hcl", text.replace("migrate_down", "schema_clean"))],
            env_name="e",
            variables={},
        )
