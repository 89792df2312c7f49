"""Faults of the machinery: triggers, constraints, references, text, keys, history."""

import unicodedata

import pgtrigger

from facilities.models import CraftVillage, Facility, Trade
from tests.factories import CommuneFactory, FacilityFactory, ProvinceFactory, SchemeFactory, TradeFactory, UserFactory
from tests.faults.planting import fault, run, stamp


def _trigger(uri):
    """Its name in the database."""
    [(model, trigger)] = pgtrigger.registered(uri)
    return trigger.get_pgid(model)


@fault("migration-unapplied")
def _():
    run("DELETE FROM django_migrations WHERE app = 'reports' AND name = '0001_initial'")


@fault("trigger-missing")
def _():
    run(f"DROP TRIGGER {_trigger('programmes.Scheme:scheme_steps')} ON programmes_scheme")


@fault("trigger-disabled")
def _():
    run(f"ALTER TABLE facilities_facility DISABLE TRIGGER {_trigger('facilities.Facility:place_of_record')}")


@fault("trigger-altered")
def _():
    name = _trigger("programmes.Scheme:scheme_steps")
    run(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN RETURN NEW; END; $$ LANGUAGE plpgsql")


@fault("constraint-missing")
def _():
    run("ALTER TABLE programmes_scheme DROP CONSTRAINT scheme_four_eyes")


@fault("constraint-not-validated")
def _():
    run("ALTER TABLE programmes_scheme ADD CONSTRAINT one_more CHECK (year > 0) NOT VALID")


@fault("index-invalid")
def _():
    run("UPDATE pg_index SET indisvalid = FALSE WHERE indexrelid = 'facility_list'::regclass")


@fault("dangling-reference", also=["history-missing"], unseen=True)
def _():
    village = CraftVillage.objects.create(name="Làng nghề mẫu", province=ProvinceFactory())
    run("INSERT INTO facilities_craftvillage_trades (craftvillage_id, trade_id) VALUES (%s, 999)", village.pk)
    for table in ("khuyencong_province", "facilities_craftvillage"):
        _tell(table)


def _tell(table):
    """Write the history of the rows of a table, which no trigger did."""
    run(f"""
        INSERT INTO {table}event (pgh_created_at, pgh_label, pgh_obj_id, {_columns(table)})
        SELECT now(), 'insert', id, {_columns(table)} FROM {table}""")


def _columns(table):
    models = {"khuyencong_province": ProvinceFactory._meta.model, "facilities_craftvillage": CraftVillage}
    kept = {field.column for field in models[table].pgh_event_model._meta.fields}
    return ", ".join(field.column for field in models[table]._meta.local_concrete_fields if field.column in kept)


@fault("choice-unknown")
def _():
    FacilityFactory(legal_form="xưởng")


@fault("text-not-nfc")
def _():
    run(
        "UPDATE facilities_facility SET address = %s WHERE id = %s",
        unicodedata.normalize("NFD", "Đường Cổ"),
        FacilityFactory().pk,
    )


@fault("text-spaces")
def _():
    run("UPDATE facilities_facility SET address = 'xóm  3' WHERE id = %s", FacilityFactory().pk)


@fault("sequence-behind")
def _():
    Trade.objects.create(pk=10**9, code="z", name="Nghề mẫu")


@fault("derived-key-stale")
def _():
    stamp(FacilityFactory(), search_key="ten cu")


@fault("history-differs")
def _():
    facility = FacilityFactory()
    run("SET LOCAL session_replication_role = replica")
    Facility.objects.filter(pk=facility.pk).update(address="nơi khác")
    run("SET LOCAL session_replication_role = DEFAULT")


@fault("history-missing", unseen=True)
def _():
    TradeFactory()


@fault("history-of-vanished")
def _():
    trade = TradeFactory()
    run("SET LOCAL session_replication_role = replica")
    trade.delete()
    run("SET LOCAL session_replication_role = DEFAULT")


@fault("trigger-missing")
def _():
    run(f"DROP TRIGGER {_trigger('programmes.FundingLine:update_update')} ON programmes_fundingline")


@fault("trigger-disabled")
def _():
    run("ALTER TABLE programmes_schemeevent DISABLE TRIGGER ALL")


@fault("constraint-missing")
def _():
    run("ALTER TABLE facilities_trade DROP CONSTRAINT facilities_trade_code_key")


@fault("constraint-missing")
def _():
    run("DROP INDEX facility_search")


@fault("choice-unknown", "khuyencong_user.user_role_known")
def _():
    UserFactory(role="giamdoc")


@fault("text-not-nfc")
def _():
    run(
        "UPDATE khuyencong_user SET full_name = %s WHERE id = %s",
        unicodedata.normalize("NFD", "Nguyễn Mẫu"),
        UserFactory().pk,
    )


@fault("derived-key-stale")
def _():
    stamp(CommuneFactory(), sort_key="cũ")


@fault("history-differs")
def _():
    line = SchemeFactory(money={"province": 150}, state="approved").funding_lines.get()
    run("SET LOCAL session_replication_role = replica")
    stamp(line, approved_amount=140)
    run("SET LOCAL session_replication_role = DEFAULT")
