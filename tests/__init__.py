"""The tests. While they are loaded nothing becomes rubbish, so nobody looks for it: as in `wsgi.py`."""

import gc

gc.disable()  # until `pytest_runtestloop` in conftest.py
