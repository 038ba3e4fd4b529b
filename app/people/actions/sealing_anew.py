"""Seeds of second factors, sealed with the newest key after it was renewed."""

from collections.abc import Iterator

import sqlalchemy as sa

from app.extensions import db
from app.people.credentials import factor_codes
from app.people.models import AccountFactor
from app.people.queries.factors import seeds_by_old_keys

BATCH = 500


def seal_seeds_anew() -> Iterator[None]:
    """Each yield is a place to commit; begun again, it goes on with those that are left.

    A seed that its owner has just replaced is another one, and is left alone.
    """
    for number, (account_id, sealed, seed) in enumerate(seeds_by_old_keys(), 1):
        same = sa.update(AccountFactor).where(AccountFactor.account_id == account_id, AccountFactor.seed == sealed)
        anew = same.values(seed=factor_codes.seal(seed, account_id))
        db.session.execute(anew.execution_options(synchronize_session=False))
        if number % BATCH == 0:
            yield
    yield
