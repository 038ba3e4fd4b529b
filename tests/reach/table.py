"""Who reaches what, written by hand: one row a route and method, and what each person of the tests may do.

Nothing here asks the product: it is what the product is held against. Places are those of a unit seen from N1 (`own`).
"""

from dataclasses import dataclass

# Who may enter: the roles to whom the permission of the route is given. "works" is everybody who works somewhere today.
PUBLIC, SIGNED_IN = "public", "signed in"
READERS, IMPORTERS, PUBLISHERS, ADMINISTRATORS = "readers", "importers", "publishers", "administrators"
EDITORS = "editors"  # of people's work: who joins, moves, is on leave and leaves
GIVERS = "givers"  # of roles
SLIP_PRINTERS = "slip printers"
ENTER: dict[str, frozenset[str]] = {
    READERS: frozenset({"works", "manager", "hr", "leadership", "cx_lead", "administrator"}),
    IMPORTERS: frozenset({"hr", "cx_lead", "administrator"}),
    PUBLISHERS: frozenset({"hr", "administrator"}),
    EDITORS: frozenset({"hr", "administrator"}),
    GIVERS: frozenset({"hr", "administrator"}),
    ADMINISTRATORS: frozenset({"administrator"}),
    SLIP_PRINTERS: frozenset({"manager", "hr", "administrator"}),
}
PERMISSIONS: dict[str, frozenset[str]] = {  # as tests/access.txt calls them
    PUBLIC: frozenset({"public"}),
    SIGNED_IN: frozenset({"account:use", "unit:read", "employee:read"}),
    READERS: frozenset({"impact:read"}),
    IMPORTERS: frozenset({"import:use"}),
    PUBLISHERS: frozenset({"result:publish"}),
    EDITORS: frozenset({"employee:edit"}),
    GIVERS: frozenset({"role:grant"}),
    ADMINISTRATORS: frozenset({
        "setting:edit", "unit:edit", "factor:remove", "audit:read", "demo:remove", "service:manage", "person:export",
        "person:erase", "entry:open", "account:manage",
    }),
    SLIP_PRINTERS: frozenset({"slip:print"}),
}  # fmt: skip

# Whose row it is, where the address names one.
DIRECTORY = "directory"  # open to all who are signed in
ENTRY = "entry"  # units and people for whom one's role gives ways in
SECRET = "secret"  # whoever holds it
FIGURES = "figures"  # of units in the subtree of a role that reads, and of the unit one works in
WORK = "work"  # of people in the subtree of a role that may change it
LEAVE = "leave"  # of the same people
CALENDAR = "calendar"  # of units in the subtree of an administrator
OWN_SESSION = "own session"
ACCOUNT = "account"  # of somebody who works in the subtree of the role
GRANT = "grant"  # of a role on a unit in the subtree of the role that gives roles
DEPUTY = "deputy"  # the same, and those whom it is about
CHART = "chart"  # units in the subtree of a role that changes the org chart
COMPANY = "company"  # drafts and sets: only who holds the role on the whole company
IMPORT = "import"  # one's own, and all of the kinds that one may bring for the whole company
OWN_FILE = "own file"  # the same, but into a file of colleagues' answers looks only who brought it
TEMPLATE = "template"  # of the kinds that one may bring somewhere

PLACES = ("own", "above", "below", "beside", "outside", "company")
SUBTREE = {
    "own": {"own", "below"},
    "above": {"above", "own", "below", "beside"},
    "outside": {"outside"},
    "company": set(PLACES),
}
KINDS = {
    "units": {"administrator"},
    "employees": {"hr", "administrator"},
    "feedback": {"cx_lead", "administrator"},
    "results": {"hr", "administrator"},
}
PRIVATE = {"results"}


@dataclass(frozen=True)
class Route:
    """`answer` is what somebody gets who may: 200, 302, or what an empty form is told (422, 409).

    `on_part` is what they are told instead who hold the role on a part of the company only.
    What is `by_token` is for programs: a cookie opens nothing there (401), a token what its owner may.
    """

    who: str
    row: str | None = None
    answer: int = 200
    on_part: int | None = None
    by_token: bool = False


ROUTES: dict[tuple[str, str], Route] = {
    # home
    ("home.show_start", "GET"): Route(SIGNED_IN),  # @public, to send strangers on
    ("home.healthz", "GET"): Route(PUBLIC),
    ("home.readyz", "GET"): Route(PUBLIC),
    ("home.show_first_run", "GET"): Route(PUBLIC, answer=404),  # the company is set up
    ("home.set_up_company", "GET"): Route(PUBLIC, answer=404),
    ("home.set_up_company", "POST"): Route(PUBLIC, answer=404),
    ("home.try_demo", "POST"): Route(PUBLIC, answer=404),
    ("home.edit_settings", "GET"): Route(ADMINISTRATORS),
    ("home.edit_settings", "POST"): Route(ADMINISTRATORS, answer=422),
    ("home.edit_mail", "GET"): Route(ADMINISTRATORS),
    ("home.edit_mail", "POST"): Route(ADMINISTRATORS, answer=422),
    ("home.send_test_message", "POST"): Route(ADMINISTRATORS, answer=409),  # no server is named
    ("home.list_audit", "GET"): Route(ADMINISTRATORS),
    ("home.export_audit_csv", "POST"): Route(ADMINISTRATORS),
    ("home.export_audit_xlsx", "POST"): Route(ADMINISTRATORS),
    ("home.show_health", "GET"): Route(ADMINISTRATORS),
    ("home.release_sending", "POST"): Route(ADMINISTRATORS, answer=409),  # nothing is held back
    ("home.confirm_removal", "GET"): Route(ADMINISTRATORS),
    ("home.remove_demo", "POST"): Route(ADMINISTRATORS, answer=409),  # there is no demo, or it is not all theirs
    # people
    ("people.sign_in", "GET"): Route(PUBLIC),
    ("people.sign_in", "POST"): Route(PUBLIC, answer=422),
    ("people.sign_out", "POST"): Route(PUBLIC, answer=302),
    ("people.choose_own_language", "POST"): Route(PUBLIC, answer=409),
    ("people.choose_theme", "POST"): Route(PUBLIC, answer=409),
    ("people.confirm_password", "GET"): Route(SIGNED_IN),
    ("people.confirm_password", "POST"): Route(SIGNED_IN, answer=422),
    ("people.show_settings", "GET"): Route(SIGNED_IN),
    ("people.choose_own_time_zone", "POST"): Route(SIGNED_IN, answer=302),
    ("people.change_own_password", "GET"): Route(SIGNED_IN),
    ("people.change_own_password", "POST"): Route(SIGNED_IN, answer=422),
    ("people.list_sessions", "GET"): Route(SIGNED_IN),
    ("people.end_own_session", "POST"): Route(SIGNED_IN, OWN_SESSION, 302),
    ("people.end_other_sessions", "POST"): Route(SIGNED_IN, answer=302),
    ("people.give_code", "GET"): Route(PUBLIC, answer=302),  # nobody gave a password before
    ("people.give_code", "POST"): Route(PUBLIC, answer=302),
    ("people.give_recovery_code", "GET"): Route(PUBLIC, answer=302),
    ("people.give_recovery_code", "POST"): Route(PUBLIC, answer=302),
    ("people.show_no_code", "GET"): Route(PUBLIC),
    ("people.show_factor", "GET"): Route(SIGNED_IN),
    ("people.set_up_factor", "GET"): Route(SIGNED_IN),
    ("people.set_up_factor", "POST"): Route(SIGNED_IN, answer=422),
    ("people.renew_recovery_codes", "GET"): Route(SIGNED_IN, answer=302),  # there are none to renew
    ("people.renew_recovery_codes", "POST"): Route(SIGNED_IN, answer=302),
    ("people.remove_own_factor", "GET"): Route(SIGNED_IN, answer=302),
    ("people.remove_own_factor", "POST"): Route(SIGNED_IN, answer=302),
    ("people.choose_factor_roles", "GET"): Route(ADMINISTRATORS),
    ("people.choose_factor_roles", "POST"): Route(ADMINISTRATORS, answer=302, on_part=409),
    ("people.remove_factor", "GET"): Route(ADMINISTRATORS, ACCOUNT),
    ("people.remove_factor", "POST"): Route(ADMINISTRATORS, ACCOUNT, 422),
    ("people.list_units", "GET"): Route(SIGNED_IN),
    ("people.show_unit", "GET"): Route(SIGNED_IN, DIRECTORY),
    ("people.show_calendar", "GET"): Route(SIGNED_IN, DIRECTORY),
    ("people.set_own_day", "POST"): Route(ADMINISTRATORS, CALENDAR, 422),
    ("people.set_unit_week", "POST"): Route(ADMINISTRATORS, CALENDAR, 422),
    ("people.set_unit_shifts", "POST"): Route(ADMINISTRATORS, CALENDAR, 422),
    ("people.drop_own_day", "POST"): Route(ADMINISTRATORS, CALENDAR, 302),
    ("people.drop_week", "POST"): Route(ADMINISTRATORS, CALENDAR, 302),
    ("people.show_change", "GET"): Route(ADMINISTRATORS, CHART),
    ("people.edit_change", "POST"): Route(ADMINISTRATORS, CHART),
    ("people.preview_change", "POST"): Route(ADMINISTRATORS, CHART, 422),
    ("people.decide_change", "POST"): Route(ADMINISTRATORS, CHART, 422),
    ("people.withdraw_plan", "POST"): Route(ADMINISTRATORS, COMPANY, 404),  # nothing is planned
    ("people.list_employees", "GET"): Route(SIGNED_IN),
    ("people.show_employee", "GET"): Route(SIGNED_IN, DIRECTORY),
    # programs
    ("people.show_api_help", "GET"): Route(SIGNED_IN),
    ("people.list_own_tokens", "GET"): Route(SIGNED_IN),
    ("people.make_own_token", "GET"): Route(SIGNED_IN),
    ("people.make_own_token", "POST"): Route(SIGNED_IN, answer=422),
    ("people.revoke_own_token", "POST"): Route(SIGNED_IN, OWN_SESSION, 302),
    ("people.list_service_accounts", "GET"): Route(ADMINISTRATORS),
    ("people.add_service_account", "GET"): Route(ADMINISTRATORS),
    ("people.add_service_account", "POST"): Route(ADMINISTRATORS, answer=422),
    ("people.show_service_account", "GET"): Route(ADMINISTRATORS, COMPANY),
    ("people.make_program_token", "GET"): Route(ADMINISTRATORS, COMPANY),
    ("people.make_program_token", "POST"): Route(ADMINISTRATORS, COMPANY, 422),
    ("people.revoke_program_token", "POST"): Route(ADMINISTRATORS, COMPANY, 302),
    ("people.close_program", "POST"): Route(ADMINISTRATORS, COMPANY, 302),
    ("api.show_document", "GET"): Route(PUBLIC),
    ("people_api.list_units", "GET"): Route(SIGNED_IN, by_token=True),
    ("people_api.show_unit", "GET"): Route(SIGNED_IN, DIRECTORY, by_token=True),
    ("people_api.list_employees", "GET"): Route(SIGNED_IN, by_token=True),
    ("people_api.show_employee", "GET"): Route(SIGNED_IN, DIRECTORY, by_token=True),
    ("impact_api.show_unit_impact", "GET"): Route(READERS, FIGURES, by_token=True),
    ("imports_api.list_imports", "GET"): Route(IMPORTERS, by_token=True),
    ("imports_api.bring_file", "POST"): Route(IMPORTERS, answer=422, by_token=True),
    ("imports_api.show_import", "GET"): Route(IMPORTERS, IMPORT, by_token=True),
    ("imports_api.show_mapping", "GET"): Route(IMPORTERS, OWN_FILE, by_token=True),
    ("imports_api.choose_import_mapping", "POST"): Route(IMPORTERS, OWN_FILE, 422, by_token=True),
    ("imports_api.list_refusals", "GET"): Route(IMPORTERS, OWN_FILE, by_token=True),
    ("imports_api.accept_import", "POST"): Route(IMPORTERS, IMPORT, 409, by_token=True),
    ("imports_api.remove_import", "POST"): Route(IMPORTERS, IMPORT, 204, by_token=True),
    ("people.add_employee", "GET"): Route(EDITORS),
    ("people.add_employee", "POST"): Route(EDITORS, answer=422),
    ("people.carry_out_addition", "POST"): Route(EDITORS, answer=422),
    ("people.change_employee", "GET"): Route(EDITORS, WORK),
    ("people.change_employee", "POST"): Route(EDITORS, WORK, 422),
    ("people.carry_out_change", "POST"): Route(EDITORS, WORK, 422),
    ("people.withdraw_entry", "POST"): Route(EDITORS, WORK, 409),  # it has begun
    ("people.withdraw_last_day", "POST"): Route(EDITORS, WORK, 409),  # there is none
    ("people.end_leave", "POST"): Route(EDITORS, LEAVE, 302),
    ("people.show_working_days", "GET"): Route(EDITORS, WORK),
    ("people.set_own_week", "POST"): Route(EDITORS, WORK, 422),
    ("people.set_own_shifts", "POST"): Route(EDITORS, WORK, 422),
    ("people.drop_own_week", "POST"): Route(EDITORS, LEAVE, 302),
    # roles, deputies, and who may see what
    ("people.show_access_to_unit", "GET"): Route(SIGNED_IN, DIRECTORY),
    ("people.show_access_of_account", "GET"): Route(GIVERS, ACCOUNT),
    ("people.show_own_access", "GET"): Route(SIGNED_IN),
    ("people.add_role", "GET"): Route(GIVERS),
    ("people.add_role", "POST"): Route(GIVERS, answer=422),
    ("people.end_grant", "GET"): Route(GIVERS, GRANT),
    ("people.end_grant", "POST"): Route(GIVERS, GRANT, 422),
    ("people.name_own_deputy", "GET"): Route(SIGNED_IN),
    ("people.name_own_deputy", "POST"): Route(SIGNED_IN, answer=422),
    ("people.name_deputy_for", "GET"): Route(GIVERS, ACCOUNT),
    ("people.name_deputy_for", "POST"): Route(GIVERS, ACCOUNT, 422),
    ("people.end_deputy", "POST"): Route(SIGNED_IN, DEPUTY, 302),
    # ways in
    **{
        (f"people.{name}", "GET"): Route(PUBLIC) for name in ("type_code", "ask_for_password_link", "show_sign_in_help")
    },
    **{
        (f"people.{name}_of", "POST"): Route(ADMINISTRATORS, ACCOUNT, 302)
        for name in ("end_sessions", "close_account", "open_account")
    },
    ("people.type_code", "POST"): Route(PUBLIC, answer=422),
    **{("people.go_in", method): Route(PUBLIC, SECRET, 410) for method in ("GET", "POST")},  # nobody was given it
    ("people.ask_for_password_link", "POST"): Route(PUBLIC),  # no mail server: the page says whom to ask
    ("people.show_entrance", "GET"): Route(ADMINISTRATORS),
    ("people.send_invitations", "POST"): Route(ADMINISTRATORS, ENTRY, 409),  # no mail server
    ("people.print_slips", "POST"): Route(ADMINISTRATORS, ENTRY, 409),  # all have a mailbox
    ("people.print_own_slip", "GET"): Route(SLIP_PRINTERS, ENTRY),
    ("people.print_own_slip", "POST"): Route(SLIP_PRINTERS, ENTRY, 409),  # all have a second factor
    ("people.show_account", "GET"): Route(ADMINISTRATORS, ACCOUNT),
    ("people.end_session_of", "POST"): Route(ADMINISTRATORS, ACCOUNT, 404),  # no such session
    ("people.send_way_in_again", "POST"): Route(ADMINISTRATORS, ACCOUNT, 409),  # no mail server
    # numbers
    ("impact.show_counting", "GET"): Route(SIGNED_IN),
    ("impact.show_company", "GET"): Route(READERS),  # 302 for who sees one unit only
    ("impact.export_company_csv", "GET"): Route(READERS),
    ("impact.export_company_xlsx", "GET"): Route(READERS),
    ("impact.show_unit", "GET"): Route(READERS, FIGURES),
    ("impact.export_unit_csv", "GET"): Route(READERS, FIGURES),
    ("impact.export_unit_xlsx", "GET"): Route(READERS, FIGURES),
    ("voice.show_mine", "GET"): Route(READERS, answer=302),
    ("voice.show_unit", "GET"): Route(READERS, FIGURES),
    # privacy
    ("privacy.show_own_record", "GET"): Route(SIGNED_IN),
    ("privacy.download_own_page", "POST"): Route(SIGNED_IN),
    ("privacy.download_own_json", "POST"): Route(SIGNED_IN),
    ("privacy.show_privacy", "GET"): Route(ADMINISTRATORS),
    ("privacy.show_person", "GET"): Route(ADMINISTRATORS, COMPANY),
    ("privacy.download_page", "POST"): Route(ADMINISTRATORS, COMPANY),
    ("privacy.download_json", "POST"): Route(ADMINISTRATORS, COMPANY),
    ("privacy.confirm_erasure", "GET"): Route(ADMINISTRATORS, COMPANY, 409),  # who works here is not erased
    ("privacy.erase_person", "POST"): Route(ADMINISTRATORS, COMPANY, 409),
    ("privacy.show_retention", "GET"): Route(ADMINISTRATORS),
    ("privacy.count_retention", "POST"): Route(ADMINISTRATORS, answer=422),
    ("privacy.save_retention", "POST"): Route(ADMINISTRATORS, answer=422),
    ("privacy.show_legal", "GET"): Route(PUBLIC, COMPANY, 404),  # nobody has written one
    ("privacy.edit_legal", "GET"): Route(ADMINISTRATORS, COMPANY),
    ("privacy.save_legal", "POST"): Route(ADMINISTRATORS, COMPANY, 302),
    # employees' results
    ("pulse.list_drafts", "GET"): Route(PUBLISHERS),
    ("pulse.list_sets", "GET"): Route(PUBLISHERS),
    ("pulse.show_draft", "GET"): Route(PUBLISHERS, COMPANY),
    ("pulse.publish_draft", "POST"): Route(PUBLISHERS, COMPANY, 409),  # as one that shows an old page of it
    ("pulse.remove_draft", "POST"): Route(PUBLISHERS, COMPANY, 302),
    ("pulse.withdraw_set", "POST"): Route(PUBLISHERS, COMPANY, 302),
    # imports; these wait for their mapping
    ("imports.list_imports", "GET"): Route(IMPORTERS),
    ("imports.choose_file", "GET"): Route(IMPORTERS),
    ("imports.upload_file", "POST"): Route(IMPORTERS, answer=422),
    ("imports.download_template", "GET"): Route(IMPORTERS, TEMPLATE),
    ("imports.show_import", "GET"): Route(IMPORTERS, IMPORT, 302),
    ("imports.show_progress", "GET"): Route(IMPORTERS, IMPORT, 302),
    ("imports.download_mapping", "GET"): Route(IMPORTERS, IMPORT),
    ("imports.accept_import", "POST"): Route(IMPORTERS, IMPORT, 409),
    ("imports.confirm_undo", "GET"): Route(IMPORTERS, IMPORT, 409),
    ("imports.undo_import", "POST"): Route(IMPORTERS, IMPORT, 409),
    ("imports.remove_import", "POST"): Route(IMPORTERS, IMPORT, 302),
    ("imports.edit_mapping", "GET"): Route(IMPORTERS, OWN_FILE),
    ("imports.save_mapping", "POST"): Route(IMPORTERS, OWN_FILE, 422),
    ("imports.upload_mapping", "POST"): Route(IMPORTERS, OWN_FILE, 422),
    ("imports.download_refusals", "GET"): Route(IMPORTERS, OWN_FILE),
    ("imports.take_lines_as_rows", "POST"): Route(IMPORTERS, OWN_FILE, 302),
    # names of units in files; none waits here and none was decided (tests/people/test_unmatched_units.py has some)
    ("people.list_unmatched", "GET"): Route(IMPORTERS),
    ("people.decide_ticked", "POST"): Route(IMPORTERS, answer=302),
    ("people.show_unmatched", "GET"): Route(IMPORTERS, COMPANY, 404),
    ("people.decide_unmatched", "POST"): Route(IMPORTERS, COMPANY, 404),
    ("people.leave_out_unmatched", "POST"): Route(IMPORTERS, COMPANY, 404),
    ("people.list_unit_names", "GET"): Route(IMPORTERS),
    ("people.end_unit_name", "POST"): Route(IMPORTERS, COMPANY, 404),
}
