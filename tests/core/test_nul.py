"""A NUL byte in an address, which PostgreSQL cannot hold, is answered like any other address of nothing."""

import pytest

from tests.cast import client_for


@pytest.mark.parametrize(
    "address",
    [
        "/cases/%00/",
        "/referrals/%00/",
        "/cases/export/?sel=%00",
        "/dashboard/?unit=%00",
        "/dashboard/drill/recovered_amount/?place=%00",
        "/referrals/?open=%00",
    ],
)
def test_an_address_with_a_nul_byte_is_not_found(prosecutor, address):
    assert client_for(prosecutor).get(address).status_code == 404
