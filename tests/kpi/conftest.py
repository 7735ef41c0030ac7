"""Every test that asks for `engine` runs on each of them."""

import pytest
from engines import MAKERS


@pytest.fixture(params=MAKERS)
def engine(request):
    return request.param
