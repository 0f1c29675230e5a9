# The product as one image: web, workers and clock differ in their command only. See compose.yaml.
ARG BASE_IMAGE=python:3.13.9-slim-bookworm
FROM ${BASE_IMAGE}
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STATIC_MANIFEST=1
WORKDIR /srv/tradecases
# What a bucket needs is in it, too: the image keeps files wherever STORAGE_URL says.
COPY requirements.txt requirements-s3.txt ./
RUN pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements.txt -r requirements-s3.txt
COPY . .
# The key is for this one step: collecting files signs nothing.
RUN SECRET_KEY=only-to-collect-static-files python manage.py collectstatic --no-input \
    && useradd --system --home /srv/tradecases tradecases \
    && mkdir -p var/files var/mail && chown -R tradecases var
USER tradecases
EXPOSE 8000
CMD ["gunicorn", "tradecases.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "tradecases.serving.Worker", "--workers", "2", "--threads", "4", "--no-control-socket"]
