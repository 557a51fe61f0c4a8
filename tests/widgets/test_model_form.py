"""The form of a model: it invents nothing, sends what was touched, and puts every problem on its field."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from ngorder_tui.api.fields import CustomerId
from ngorder_tui.widgets.choice_input import ChoiceInput
from ngorder_tui.widgets.field_input import FieldInput
from ngorder_tui.widgets.lookup import Choice, LookupInput
from ngorder_tui.widgets.model_form import ModelForm
from tests.widgets.form_samples import Line, Move, Parcel, Pay, Sale, Showing, feed, find_people, screen_text

FINDERS = {"CustomerId": find_people}


def sale(
    only: Sequence[str] | None = None, hide: Sequence[str] = (), labels: Mapping[str, str] | None = None
) -> ModelForm:
    return ModelForm(Sale, finders=FINDERS, only=only, hide=hide, labels=labels)


def problems(form: ModelForm) -> dict[str, str]:
    return {line.field: line.problem for line in form.lines() if line.problem}


async def at(pilot: Pilot[None], form: ModelForm, path: str, text: str) -> None:
    """Type into a field, as one read."""
    form.focus_field(path)
    await feed(pilot, text)
    await pilot.pause()


async def test_a_form_is_typed_from_top_to_bottom_without_waiting_for_it() -> None:
    form = sale()
    async with Showing(form).run_test(size=(80, 24)) as pilot:
        form.focus_first()
        # A row is added by space, and so is the payment; Enter goes on as Tab does.
        await feed(pilot, "#41\tcatatan dua\r SKU-1\t1.200\ty\t\t \t\x1b[C\r250.000\r9/3/2026\r")
        await pilot.pause()
        assert form.build() == Sale(
            customer_id=CustomerId(41),
            note="catatan dua",
            lines=(Line(sku="SKU-1", qty=1200, gift=True),),
            payment=Pay.model_validate({"status": "PAID", "amount": 250000, "date": datetime.date(2026, 3, 9)}),
        )


async def test_what_was_not_touched_is_not_sent() -> None:
    form = sale()
    async with Showing(form).run_test(size=(80, 24)) as pilot:
        await at(pilot, form, "customer_id", "#0")
        await at(pilot, form, "lines", " SKU-1\t1")
        query = form.build()
        assert query is not None
        assert query.model_dump(exclude_unset=True) == {"customer_id": 0, "lines": ({"sku": "SKU-1", "qty": 1},)}


async def test_an_untouched_form_has_nothing_to_say_and_required_fields_say_so() -> None:
    form = sale()
    async with Showing(form).run_test(size=(80, 24)) as pilot:
        assert not form.touched
        assert form.content()["fields"] == {}
        assert form.build() is None
        assert set(problems(form)) == {"customer_id", "lines"}
        await pilot.pause()
        assert form.input("customer_id").is_here
        await pilot.pause()
        assert screen_text(pilot.app).count("is required") == 2


async def test_an_optional_object_is_sent_only_while_it_is_present_and_keeps_what_was_typed() -> None:
    form = sale(only=["payment"])
    async with Showing(form).run_test(size=(80, 24)) as pilot:
        form.focus_first()
        await feed(pilot, " \tp\t5000")
        await pilot.pause()
        assert "Amount" in screen_text(pilot.app)
        await at(pilot, form, "payment", " ")
        assert "Amount" not in screen_text(pilot.app)
        assert not form.touched
        assert form.content()["fields"] == {}
        with pytest.raises(KeyError):
            form.input("payment.amount")
        await at(pilot, form, "payment", " ")
        assert form.input("payment.amount").text == "5000"
        assert form.content()["fields"] == {
            "payment": {"present": True, "fields": {"status": "PAID", "amount": "5000"}}
        }


async def test_a_present_object_must_be_whole() -> None:
    form = sale()
    async with Showing(form).run_test(size=(80, 24)) as pilot:
        await at(pilot, form, "customer_id", "#1")
        await at(pilot, form, "lines", " A\t1")
        await at(pilot, form, "payment", " ")
        assert form.build() is None
        assert set(problems(form)) == {"payment.status"}
        await pilot.pause()
        assert form.input("payment.status").is_here


async def test_what_cannot_be_read_is_told_on_its_field_in_the_users_words() -> None:
    form = sale()
    async with Showing(form).run_test(size=(80, 24)) as pilot:
        await at(pilot, form, "customer_id", "Orang")
        await at(pilot, form, "lines", " A\tdua")
        await at(pilot, form, "interval", "200")
        assert form.build() is None
        told = problems(form)
        assert set(told) == {"customer_id", "lines.0.qty", "interval"}
        assert told["lines.0.qty"] == "Write a whole number."
        assert "pick one" in told["customer_id"]
        assert form.input("lines.0.qty").text == "dua"


async def test_rows_are_added_and_removed_and_their_paths_follow() -> None:
    form = sale(only=["lines"])
    app = Showing(form)
    async with app.run_test(size=(80, 24)) as pilot:
        form.focus_first()
        await feed(pilot, " A\t1\x0eB\t2\x0eC\t3")
        await pilot.pause()
        assert [form.input(f"lines.{row}.sku").text for row in range(3)] == ["A", "B", "C"]
        form.focus_field("lines.1")
        await pilot.press("delete")
        assert form.input("lines.1.sku").text == "B"
        assert "Delete again" in screen_text(app)
        await pilot.press("delete")
        await pilot.pause()
        assert [form.input(f"lines.{row}.sku").text for row in range(2)] == ["A", "C"]
        assert form.input("lines.1").is_here
        assert "Lines 2" in screen_text(app)
        assert "Lines 3" not in screen_text(app)
        assert form.content()["fields"] == {"lines": [{"sku": "A", "qty": "1"}, {"sku": "C", "qty": "3"}]}
        assert app.changes[-1] == "lines"


async def test_an_empty_row_goes_at_once() -> None:
    form = sale(only=["lines"])
    async with Showing(form).run_test(size=(80, 24)) as pilot:
        form.focus_first()
        await feed(pilot, " ")
        form.focus_field("lines.0")
        await pilot.press("delete")
        await pilot.pause()
        assert not form.touched
        assert form.input("lines").is_here


async def test_lists_in_lists_and_objects_that_must_be_there() -> None:
    form = ModelForm(Move)
    async with Showing(form).run_test(size=(80, 24)) as pilot:
        form.focus_first()
        await feed(pilot, " 0\t7\t X\t2\t\t\t\t3\t4\t\t2026-03-09")
        await pilot.pause()
        query = form.build()
        assert query is not None, problems(form)
        assert query.model_dump(mode="json", exclude_unset=True) == {
            "shelves": [{"warehouse_id": 0, "pieces": 7, "kept": [{"sku": "X", "qty": 2}]}],
            "place": {"warehouse_id": 3, "pieces": 4},
            "day": "2026-03-09",
        }


async def test_problems_of_the_server_land_on_the_very_fields() -> None:
    form = sale()
    async with Showing(form).run_test(size=(80, 24)) as pilot:
        await at(pilot, form, "lines", " A\t1")
        form.show_problems(
            {
                "payment.amount": ["must be given"],
                "lines.0.qty": ["too many", "[b]far[/b] too many"],
                "lines[0].sku": ["unknown"],
                "lines.7.qty": ["none such"],
                "shipment.rate": ["not [i]known[/i]"],
                "": ["all of it"],
            }
        )
        await pilot.pause()
        assert problems(form) == {
            "lines.0.sku": "unknown",
            "lines.0.qty": "too many [b]far[/b] too many",
            "lines": "Quantity: none such",
            "payment": "Amount: must be given",
        }
        assert form.input("lines.0.sku").is_here
        shown = screen_text(pilot.app)
        assert "shipment.rate: not [i]known[/i]" in shown
        assert "[b]far[/b]" in shown
        form.show_problems({})
        await pilot.pause()
        assert problems(form) == {}
        assert "shipment" not in screen_text(pilot.app)


async def test_only_what_the_form_does_not_know_goes_to_its_top() -> None:
    form = sale()
    async with Showing(form).run_test(size=(80, 24)):
        form.show_problems({"nowhere": ["[/] why"]})
        top = form.query_one(".form--top", Static)
        assert top.display
        assert str(top.content) == "nowhere: [/] why"
        assert problems(form) == {}


async def test_a_record_that_is_edited_sends_what_was_changed_and_what_is_required() -> None:
    form = sale(hide=["is_print"])
    record = {
        "customer_id": Choice("42", "Orang Percobaan"),
        "note": "catatan lama",
        "lines": [{"sku": "A", "qty": 2, "gift": False}, {"sku": "B", "qty": 1}],
        "payment": {"status": "PAID", "amount": 5000},
        "interval": 5,
        "unknown": "key",
    }
    form.fill(record)
    async with Showing(form).run_test(size=(80, 24)) as pilot:
        assert not form.touched
        assert isinstance(form.input("payment.status"), ChoiceInput)
        query = form.build()
        assert query is not None
        assert query.model_dump(exclude_unset=True) == {
            "customer_id": 42,
            "lines": ({"sku": "A", "qty": 2, "gift": False}, {"sku": "B", "qty": 1}),
        }
        await at(pilot, form, "payment.amount", "0")
        changed = form.build()
        assert changed is not None
        # An object is sent whole once anything in it was changed.
        assert changed.model_dump(exclude_unset=True)["payment"] == {"status": "PAID", "amount": 50000}
        assert "note" not in changed.model_fields_set


async def test_hidden_required_fields_of_a_record_are_sent_all_the_same() -> None:
    form = ModelForm(Move, only=["day"])
    form.fill({"shelves": [], "place": {"warehouse_id": 1, "pieces": 2}, "day": datetime.date(2026, 3, 9)})
    again = ModelForm(Move, only=["day"])
    again.restore(form.content())
    async with Showing(form).run_test(size=(80, 24)):
        query = form.build()
        assert query == again.build()
        assert query is not None
        assert query.model_dump(mode="json", exclude_unset=True) == {
            "shelves": [],
            "place": {"warehouse_id": 1, "pieces": 2},
            "day": "2026-03-09",
        }


async def test_words_and_lists_that_are_taken_away_are_sent_as_taken_away() -> None:
    form = ModelForm(Parcel)
    form.fill({"name": "nama lama", "codes": ["a", "b"], "weight": 2.5})
    async with Showing(form).run_test(size=(80, 24)) as pilot:
        await at(pilot, form, "name", "\x15")
        await at(pilot, form, "codes", "\x15")
        await at(pilot, form, "weight", "\x15")
        query = form.build()
        assert query is not None
        assert query.model_dump(exclude_unset=True) == {"name": "", "codes": ()}
        assert "not sent" in screen_text(pilot.app)


async def test_every_kind_reaches_the_model() -> None:
    form = ModelForm(Parcel)
    async with Showing(form).run_test(size=(80, 30)) as pilot:
        form.focus_first()
        await feed(
            pilot, "\trahasia\t1,5\t3/2026\t0800-000-000\t00120\t/tidak/ada\ta, b\t1,3\t#7\ty\tn",
        )  # fmt: skip
        await pilot.pause()
        assert form.build() is None
        assert set(problems(form)) == {"file"}
        await at(pilot, form, "file", "\x15")
        query = form.build()
        assert query is not None
        assert query.model_dump(mode="json", exclude_unset=True) == {
            "name": "",
            "pin": "rahasia",
            "weight": 1.5,
            "month": "2026-03",
            "phone": "0800-000-000",
            "postal_code": "00120",
            "codes": ["a", "b"],
            "services": [1, 3],
            "variation_ids": [7],
            "stock": "Y",
            "level": 0,
        }
        assert "rahasia" not in str(form.content())


async def test_every_change_of_a_person_is_told_and_none_of_code() -> None:
    form = sale()
    app = Showing(form)
    async with app.run_test(size=(80, 24)) as pilot:
        form.fill({"note": "catatan"})
        form.restore({"fields": {"payment": {"present": True, "fields": {"amount": "5"}}}})
        await pilot.pause()
        assert app.changes == []
        await at(pilot, form, "payment.amount", "0")
        await at(pilot, form, "is_print", "y")
        await at(pilot, form, "lines", " ")
        assert app.changes == ["payment.amount", "is_print", "lines"]


async def test_the_focus_goes_up_and_down_in_the_form_and_out_of_it_with_tab() -> None:
    form = sale(only=["note", "is_print", "interval"])
    async with Showing(form).run_test(size=(80, 24)) as pilot:
        form.focus_first()
        places = []
        for key in ("down", "enter", "down", "up", "up", "up", "tab", "shift+tab"):
            await pilot.press(key)
            places.append(str(form.content()["focus"]))
        assert places == ["is_print", "interval", "interval", "is_print", "note", "note", "is_print", "note"]
        form.focus_field("interval")
        await pilot.press("tab")
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "send"


async def test_a_lookup_in_a_form_keeps_the_arrows_and_enter_while_it_has_something_to_pick() -> None:
    form = sale(only=["customer_id", "note"])
    async with Showing(form).run_test(size=(80, 24)) as pilot:
        form.focus_first()
        await feed(pilot, "orang")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("down", "down", "enter")
        lookup = form.input("customer_id")
        assert isinstance(lookup, LookupInput)
        assert lookup.typed() == "42"
        assert lookup.is_here
        await pilot.press("enter")
        assert form.input("note").is_here


async def test_no_line_of_a_form_lets_a_printable_key_out() -> None:
    class Bound(Showing):
        BINDINGS = [("1", "one"), ("z", "one"), ("question_mark", "one")]
        ones = 0

        def action_one(self) -> None:
            self.ones += 1

    form = sale()
    app = Bound(form)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, form, "lines", " ")
        for line in form.lines():
            await at(pilot, form, line.field, "1z?")
        assert app.ones == 0


@pytest.mark.parametrize("size", [(80, 24), (40, 10)])
async def test_the_field_with_the_focus_is_always_in_view(size: tuple[int, int]) -> None:
    form = ModelForm(Move)
    async with Showing(form).run_test(size=size) as pilot:
        form.focus_first()
        await feed(pilot, " 1\t2\t A\t1\x0eB\t2\x0eC\t3\x0eD\t4")
        for key in [*["tab"] * 8, *["shift+tab"] * 16]:
            await pilot.press(key)
            await pilot.pause()
            here = [line for line in form.lines() if line.is_here]
            if here:
                assert form.region.overlaps(here[0].region)
                assert here[0].region.y >= form.region.y


async def test_labels_can_be_given_by_name_and_by_path() -> None:
    form = sale(labels={"note": "[b]Catatan[/b]", "lines.qty": "Jumlah"}, hide=["lines.gift"])
    async with Showing(form).run_test(size=(80, 24)) as pilot:
        await at(pilot, form, "lines", " ")
        shown = screen_text(pilot.app)
        assert "[b]Catatan[/b]" in shown
        assert "Jumlah" in shown
        assert "Gift" not in shown


def test_only_names_the_fields_and_their_order() -> None:
    form = sale(only=["note", "customer_id"])
    assert [line.field for line in form.lines()] == ["note", "customer_id"]
    with pytest.raises(KeyError):
        sale(only=["nothing"])


def test_no_field_stands_for_two() -> None:
    paths = [line.field for line in ModelForm(Move).lines()]
    assert len(paths) == len(set(paths))
    assert all(isinstance(line, FieldInput) for line in ModelForm(Move).lines())
