"""Owns how a line of the log is written: structured, with the request's number, never with the person."""

from typing import Any

import structlog

SHARED: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
)


def logging_for(form: str, level: str) -> dict[str, Any]:
    """Return Django's `LOGGING`: one JSON object a line when `form` is `json`, else lines for a person to read."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    is_json = form == "json"
    written = structlog.processors.JSONRenderer() if is_json else structlog.dev.ConsoleRenderer(colors=False)
    structured = {"()": structlog.stdlib.ProcessorFormatter, "processor": written, "foreign_pre_chain": SHARED}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"structured": structured},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "loggers": {"commons.people.receivers": {"level": "INFO"}},  # who hosts a site must see how people sign in
        "root": {"handlers": ["console"], "level": level},
    }
