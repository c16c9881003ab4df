"""Settings: everything a deployment may change comes from the environment (see docs/running.md)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from dongthuan.localdb import LocalDatabase

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent
HOME = Path(env("DONGTHUAN_HOME", default="var")).resolve()
TESTING = "pytest" in sys.modules or env.bool("DONGTHUAN_TEST", default=False)
DEMO = env.bool("DONGTHUAN_DEMO", default=False)
DEBUG = False
PUBLIC_URL = env("DONGTHUAN_URL", default="http://127.0.0.1:8000").rstrip("/")
SECURE = PUBLIC_URL.startswith("https://")


def _secret_key() -> str:
    """The key from the environment, else one made once and kept beside the data (mode 0600)."""
    if key := env("SECRET_KEY", default=""):
        return key
    if TESTING:
        return "test-only-" * 6
    path = HOME / "secret-key"
    if not path.exists():
        import secrets

        HOME.mkdir(parents=True, exist_ok=True)
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(fd, secrets.token_urlsafe(48).encode())
        os.close(fd)
    return path.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    default=["127.0.0.1", "localhost", "[::1]", PUBLIC_URL.split("://")[1].split(":")[0]],
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "dongthuan.core.ui",  # before allauth: its pages wear our look
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "dongthuan.core.units",
    "dongthuan.core.people",
    "dongthuan.core.outbox",
    "dongthuan.core.papers",
    "dongthuan.core.matters",
    "dongthuan.work.petitions",
    "dongthuan.work.rulebook",
    "dongthuan.work.denunciations",
    "dongthuan.work.receptions",
    "dongthuan.work.decisions",
    "dongthuan.work.satisfaction",
    "dongthuan.work.consultations",
    "dongthuan.work.disclosure",
    "dongthuan.work.supervision",
    "dongthuan.work.dialogues",
    "dongthuan.work.directives",
    "dongthuan.work.notes",
    "dongthuan.work.projects",
    "dongthuan.work.hotspots",
    "dongthuan.work.recommendations",
    "dongthuan.work.coordination",
    "dongthuan.work.emulation",
    "dongthuan.work.news",
    "dongthuan.work.reviews",
    "dongthuan.insight.search",
    "dongthuan.insight.indicators",
    "dongthuan.insight.statistics",
    "dongthuan.insight.leadership",
    "dongthuan.insight.radar",
    "dongthuan.front.portal",
    "dongthuan.front.desk",
    "dongthuan.front.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "dongthuan.core.ui.middleware.CleanInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "dongthuan.core.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dongthuan.core.people.middleware.ActorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "dongthuan.urls"
WSGI_APPLICATION = "dongthuan.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dongthuan.core.ui.context.page",
            ],
            "builtins": ["dongthuan.core.ui.templatetags.ui"],
        },
    }
]

# -- database ---------------------------------------------------------------------------------

LOCAL_DB = LocalDatabase(home=HOME, test=TESTING)
EMBEDDED = not env("DATABASE_URL", default="")
if EMBEDDED:
    _database: dict = {"ENGINE": "django.db.backends.postgresql", **LOCAL_DB.options()}
else:
    _database = env.db("DATABASE_URL")
_database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
_database["OPTIONS"] = {**_database.get("OPTIONS", {}), "options": "-c timezone=UTC"}
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- people -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/ban-lam-viec/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_FORMS = {"login": "dongthuan.front.signin.LoginForm"}
ACCOUNT_ADAPTER = "dongthuan.front.signin.AccountAdapter"
# A program that sends a text message; without one nobody is offered to sign in by telephone.
SMS_COMMAND = env.list("DONGTHUAN_SMS_COMMAND", default=[])
ACCOUNT_LOGIN_METHODS = {"email", "phone"} if SMS_COMMAND else {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone"] if SMS_COMMAND else ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_USER_DISPLAY = "dongthuan.front.signin.user_display"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Đồng Thuận] "
# Above the limit of axes, which counts in the database for all processes; this one is left for
# the codes of second factors.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/15m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "dongthuan.front.signin.MfaAdapter"
MFA_TOTP_ISSUER = "Đồng Thuận"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
# Officials must have a second factor; a demonstration or a test may relax it.
OFFICIALS_NEED_MFA = env.bool("DONGTHUAN_OFFICIALS_MFA", default=not DEMO)
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "dongthuan.front.signin.attempted_account"
AXES_CLIENT_IP_CALLABLE = "dongthuan.core.people.throttle.client_address"
AXES_LOCKOUT_CALLABLE = "dongthuan.core.ui.errors.too_many_requests"
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["login", "password", "username", "ip_address"]
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

# -- language and time ------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# -- files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
if TESTING:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns of a folder that is not there
MEDIA_ROOT = HOME / ("files-test" if TESTING else "files")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_HANDLERS = [
    "dongthuan.front.uploads.SealedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 20
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
UPLOAD_MAX_FILES = 10
# A program that reads a file on standard input and exits 0 when it is clean, 1 when it is not.
VIRUS_SCANNER = env.list("DONGTHUAN_VIRUS_SCANNER", default=[])

# -- messages ---------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env("DONGTHUAN_FROM", default="Đồng Thuận <khong-tra-loi@localhost>")
# Without a mail server the demonstration prints its messages, anything else drops them.
_mail = env.email_url("EMAIL_URL", default="consolemail://" if DEMO else "dummymail://")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20

# -- security ---------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "dongthuan.core.ui.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]

# -- logs: no query strings, no bodies, no names ------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
    # Whatever LOG_LEVEL says: these two would write down what pages show and what is stored.
    "loggers": {"django.template": {"level": "INFO"}, "django.db.backends": {"level": "INFO"}},
}

# -- the vault of denunciations -----------------------------------------------------------------

# What one guess of a passphrase or receipt costs (scrypt, r=8): 32 MB and a tenth of a second.
VAULT_SCRYPT_N = 2**4 if TESTING else 2**15
# Public recovery key of the province (64 hexadecimal digits); its private half is kept off-line.
VAULT_RECOVERY_KEY = env("DONGTHUAN_VAULT_RECOVERY_KEY", default="")

# Certificates with which bodies sign plans (<unit code>.p12 and .pass); none: by entry alone.
SIGNING_DIR = env("DONGTHUAN_SIGNING_DIR", default="")

# The province or commune that this deployment serves (code of the statistics office).
SCOPE = env("DONGTHUAN_SCOPE", default="51")
# How old a process's knowledge of approved rule versions may be; 0 reads them only when told.
RULEBOOK_SECONDS = 0 if TESTING else 60
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
