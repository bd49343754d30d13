# One image for pages, sockets, workers and administration: the command says which. See compose.yaml.
#
# The base is named by its tag, so that a rebuild brings Debian's and Python's security updates; everything of ours is exact:
# requirements.lock pins each package with the hashes of its files, and nothing else is asked of a package index. Whoever wants
# the base exact as well builds with --build-arg BASE=python:3.12-slim-bookworm@sha256:… of the day.
ARG BASE=python:3.12-slim-bookworm

FROM ${BASE} AS built
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN python -m venv /venv
COPY requirements.lock .
RUN /venv/bin/pip install --no-deps --require-hashes --only-binary :all: -r requirements.lock
COPY manage.py ./
COPY commons commons
COPY practices practices
COPY forum forum
COPY events events
COPY frontend frontend
RUN for catalogue in */locale/*/LC_MESSAGES/*.po; do /venv/bin/pybabel --quiet compile -i "$catalogue" -o "${catalogue%.po}.mo"; done

FROM ${BASE}
# Pango draws the PDF of a sheet.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data commons \
 && install -d -o commons -g commons /data
COPY --from=built /venv /venv
COPY --from=built /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 COMMONS_VAR=/data LOG_FORMAT=json LOG_LEVEL=INFO
USER commons
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "manage.py"]
CMD ["pages", "--host", "0.0.0.0"]
