# The command `atlas`: operator, registry and command line in one image.
#
#   buildah build --tag localhost/atlas-operator:1.3.0 .        (podman and docker build it too)
#
# Any base with Python 3.11 or newer and its venv will do; both stages have the same.
ARG BASE=docker.io/library/python:3.13-slim

FROM ${BASE} AS build
WORKDIR /src
RUN python3 -m venv /opt/atlas
COPY requirements-image.lock ./
RUN /opt/atlas/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: \
      -r requirements-image.lock
COPY pyproject.toml README.md LICENSE ./
COPY operator/atlas operator/atlas
# What builds the wheel is in the lock too, and leaves with pip: the image installs nothing.
RUN /opt/atlas/bin/pip wheel --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation \
      --wheel-dir /wheels . \
 && /opt/atlas/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-index /wheels/*.whl \
 && /opt/atlas/bin/pip uninstall --yes --quiet hatchling pathspec pluggy tomlkit trove-classifiers pip \
 && python3 -m compileall -q /opt/atlas/lib

FROM ${BASE}
COPY --from=build /opt/atlas /opt/atlas
# Nothing is written but below /tmp and where volumes are mounted: the root may be read-only.
ENV PATH=/opt/atlas/bin:/usr/local/bin:/usr/bin:/bin HOME=/tmp PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 65532:65532
WORKDIR /tmp
ENTRYPOINT ["atlas"]
CMD ["--help"]
