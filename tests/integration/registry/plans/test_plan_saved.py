"""A plan that is saved and pushed by one command: both or, where the file cannot be written, none."""

from __future__ import annotations

from tests.integration.registry.plans.conftest import Shop


def test_a_plan_whose_file_cannot_be_written_is_not_pushed(shop: Shop) -> None:
    shop.file("p.plan.hcl", "somebody's")
    words = ("schema", "plan", "--name", "p", "--save", "--push", "--auto-approve")
    assert "p.plan.hcl exists already" in shop.fails(*words)
    assert "atlas://app/plans/p" not in shop.prints("schema", "plan", "list")
    (shop.person.home / "p.plan.hcl").unlink()
    assert "atlas://app/plans/p" in shop.prints(*words)
    assert (shop.person.home / "p.plan.hcl").read_text() == shop.pulled("p")
