"""A small real OpenID provider over HTTP: it knows one person, asks nothing, and signs what it says."""

import json
import runpy
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
import structlog
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from pytest_django import Settings

from tests.servers import ROOT

CLAIMS = {"sub": "42", "email": "camille@pont.example", "email_verified": True, "name": "Camille D."}
KEY, CURVE = rsa.generate_private_key(public_exponent=65537, key_size=2048), ec.generate_private_key(ec.SECP256R1())
STRANGE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
SIGNERS = {"essai": (KEY, "RS256"), "courbe": (CURVE, "ES256")}
JWKS = [
    RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True) | {"kid": "essai", "use": "sig", "alg": "RS256"},
    ECAlgorithm.to_jwk(CURVE.public_key(), as_dict=True) | {"kid": "courbe", "use": "sig", "alg": "ES256"},
]
SECRET = "un secret pour les essais"
PLACES = {
    "authorization_endpoint": "authorize",
    "token_endpoint": "token",
    "userinfo_endpoint": "userinfo",
    "jwks_uri": "jwks",
    "end_session_endpoint": "session/end",
}


@dataclass
class Behaviour:
    """How the provider answers: what it says otherwise, and with which key it signs (`None`: plain JSON)."""

    proof: dict[str, Any] = field(default_factory=dict)
    info: dict[str, Any] = field(default_factory=dict)
    info_kid: str | None = None
    info_key: Any = None
    asked: dict[str, str] = field(default_factory=dict)


class _Provider(BaseHTTPRequestHandler):
    def __init__(self, behaviour: Behaviour, *args: Any) -> None:
        self.behaviour = behaviour
        super().__init__(*args)

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        if path.path == "/.well-known/openid-configuration":
            self._answer({"issuer": self._own()} | {name: f"{self._own()}/{word}" for name, word in PLACES.items()})
        elif path.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(path.query).items()}
            self.behaviour.asked.update(asked)
            assert (asked["client_id"], "openid" in asked["scope"].split()) == ("commons", True)
            self._send_back(asked["redirect_uri"], code="once", state=asked["state"])
        elif path.path == "/session/end":
            asked = {name: values[0] for name, values in parse_qs(path.query).items()}
            self.behaviour.asked = asked
            self._send_back(asked["post_logout_redirect_uri"], state=asked["state"])
        elif path.path == "/jwks":
            self._answer({"keys": JWKS})
        else:
            assert (path.path, self.headers["Authorization"]) == ("/userinfo", "Bearer access")
            self._say_who()

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert (sent["code"], sent["client_secret"]) == (["once"], [SECRET])
        assert ("code_verifier" in sent) == ("code_challenge" in self.behaviour.asked)
        own = {"nonce": self.behaviour.asked.get("nonce")}
        token = self._signed(CLAIMS | own | self.behaviour.proof, "essai")
        token = self.behaviour.proof.get("raw", token)
        self._answer({"access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    def _say_who(self) -> None:
        said = CLAIMS | self.behaviour.info
        if self.behaviour.info_kid is None:
            self._answer(said)
            return
        token = self._signed(said, self.behaviour.info_kid, self.behaviour.info_key)
        self._send(token.encode(), "application/jwt; charset=utf-8")

    def _signed(self, said: dict[str, Any], kid: str, key: Any = None) -> str:
        now = int(time.time())
        owned, algorithm = SIGNERS[kid]
        whole = {"iss": self._own(), "aud": "commons", "iat": now, "exp": now + 60} | said
        return jwt.encode(whole, key or owned, algorithm=algorithm, headers={"kid": kid})

    def _own(self) -> str:
        return f"http://{self.headers['Host']}"

    def _send_back(self, address: str, **words: str) -> None:
        self.send_response(302)
        self.send_header("Location", f"{address}?{urlencode(words)}")
        self.end_headers()

    def _answer(self, body: dict[str, object]) -> None:
        self._send(json.dumps(body).encode(), "application/json")

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Stay silent."""


@contextmanager
def providers(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Behaviour]]:
    """Give a way to run a provider and to configure the site for it, by the variables that a house sets."""
    servers: list[ThreadingHTTPServer] = []

    def run(behaviour: Behaviour | None = None, **variables: str) -> Behaviour:
        behaviour = behaviour or Behaviour()
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Provider, behaviour))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        own = {"SERVER_URL": f"http://127.0.0.1:{server.server_port}", "ID": "maison", "NAME": "Ma maison"}
        for name, value in (own | {"CLIENT_ID": "commons", "CLIENT_SECRET": SECRET} | variables).items():
            monkeypatch.setenv(f"OIDC_{name}", value)
        logs = structlog.get_config()
        read = runpy.run_path(str(ROOT / "commons" / "settings.py"))
        structlog.configure(**logs)  # the settings set up the logs, which other tests listen to
        for name in ("SOCIALACCOUNT_PROVIDERS", "CONTENT_SECURITY_POLICY"):
            setattr(settings, name, read[name])
        return behaviour

    yield run
    for server in servers:
        server.shutdown()
        server.server_close()
