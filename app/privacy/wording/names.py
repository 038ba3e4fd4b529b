"""What the tables of people are called in the record that they get."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

TABLES: dict[str, LazyString] = {
    "account": _l("My account"),
    "account_factor": _l("My second factor"),
    "account_session": _l("Where I am signed in"),
    "address_change": _l("A new address, of which I am about to be told"),
    "api_token": _l("My API tokens"),
    "assignment": _l("Where I work and worked"),
    "data_import": _l("Imports"),
    "deputyship": _l("Deputies: mine, and for whom I stand in"),
    "employee": _l("Me, as the company knows me"),
    "employee_word": _l("Words by which a search finds me"),
    "erasure": _l("Erasure"),
    "factor_removal": _l("Second factors that were taken away from me"),
    "import_write": _l("What imports changed about me"),
    "leave": _l("My leave"),
    "recovery_code": _l("My recovery codes"),
    "result_set": _l("Published results"),
    "role_grant": _l("My roles"),
    "setting_value": _l("Settings"),
    "way_in": _l("My invitations, slips and links"),
    "work_week": _l("My week of work"),
}
# Columns that are called otherwise than their like elsewhere.
LABELS: dict[tuple[str, str], LazyString] = {
    ("import_write", "before"): _l("Before the import"),
    ("import_write", "after"): _l("After the import"),
}
# Rows of others that name the person: (table, column) → what that means.
DID: dict[tuple[str, str], LazyString] = {
    ("api_token", "created_by_id"): _l("API tokens that I made"),
    ("api_token", "revoked_by_id"): _l("API tokens that I revoked"),
    ("assignment", "line_manager_id"): _l("I am or was somebody's line manager"),
    ("data_import", "accepted_by_id"): _l("imports that I accepted"),
    ("data_import", "created_by_id"): _l("imports that I began"),
    ("data_import", "undone_by_id"): _l("imports that I undid"),
    ("deputyship", "ended_by_id"): _l("deputies whom I took back"),
    ("deputyship", "named_by_id"): _l("deputies whom I named"),
    ("deputyship", "named_for_id"): _l("deputies who were named in my place"),
    ("erasure", "erased_by_id"): _l("people whom I erased"),
    ("factor_removal", "removed_by_id"): _l("second factors that I took away"),
    ("leave", "recorded_by_id"): _l("leave of others that I wrote down"),
    ("own_day", "set_by_id"): _l("days off of the company that I set"),
    ("reorganisation", "decided_by_id"): _l("changes of the org chart that I decided"),
    ("reorganisation", "withdrawn_by_id"): _l("changes of the org chart that I withdrew"),
    ("restoration", "released_by_id"): _l("restored backups whose letters I released"),
    ("result_set", "published_by_id"): _l("results that I published"),
    ("role_grant", "ended_by_id"): _l("roles that I ended"),
    ("role_grant", "ended_for_id"): _l("roles that were ended in my place"),
    ("role_grant", "granted_by_id"): _l("roles that I gave"),
    ("role_grant", "granted_for_id"): _l("roles that were given in my place"),
    ("setting_value", "set_by_id"): _l("settings that I changed"),
    ("unit_alias", "decided_by_id"): _l("meanings of words in files that I decided"),
    ("unit_alias", "ended_by_id"): _l("meanings of words in files that I ended"),
    ("waiting_name", "decided_by_id"): _l("units whose waiting rows I let in"),
    ("way_in", "asked_by_id"): _l("invitations and slips for others"),
    ("work_week", "set_by_id"): _l("weeks of work that I set"),
}
