"""How long a submission takes for its filer: the POST that certifies, up to the redirect to the receipt."""

from urllib.parse import urlencode

from tests.bench.pages import FLOOR, Connection
from tests.bench.server import module
from tests.factories.answers import CERTIFIED

SUBMISSIONS = 60
WARM_UP = 5
TOKEN = "b" * 32  # Django takes an unmasked token of this length, as long as cookie and form agree


def submit_times(url: str, port: int) -> list[float]:
    """Return the milliseconds of each submission. RuntimeError when one did not lead to a receipt."""
    session, *drafts = module(url, "tests.bench.drafts", str(SUBMISSIONS + WARM_UP)).splitlines()
    connection = Connection(port)
    headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}"}
    times = []
    for line in drafts:
        petition, revision = line.split()
        body = urlencode({**CERTIFIED, "revision": revision, "csrfmiddlewaretoken": TOKEN})
        took, status, location = connection.post(f"/petitions/{petition}/certify/", body, headers)
        if status != 302 or not location.endswith("/receipt/"):
            raise RuntimeError(f"A submission answered {status} {location} instead of a receipt.")
        times.append(took)
        connection.get(FLOOR)  # waits until the mail about this one is out: a filer waits for the answer alone
    return times[WARM_UP:]
