# The image of the site, the worker and the calendar; docker-compose.yml runs it three times.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 KHUYENCONG_MODE=production
WORKDIR /srv/khuyencong

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY . .
# collectstatic asks neither the database nor the queue: these values serve this one command and stay nowhere.
RUN SECRET_KEY=build ALLOWED_HOSTS=build DATABASE_URL=postgres://build/build REDIS_URL=redis://build \
    python manage.py collectstatic --no-input \
    && useradd --system khuyencong \
    && install --directory --owner=khuyencong var/reports
USER khuyencong
