# 网页、后台任务、定时器共用的镜像。构建：docker compose build
FROM python:3.12-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.lock /tmp/
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --require-hashes -r /tmp/requirements.lock

FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        fonts-noto-cjk fonts-lxgw-wenkai fonts-liberation \
        libpq5 libreadline8 liblz4-1 libzstd1 \
    && useradd --system --uid 10001 --home-dir /srv/zhichi --shell /usr/sbin/nologin zhichi \
    && install -d -o zhichi -g zhichi /srv/zhichi /data /keys
COPY --from=packages /opt/venv /opt/venv
# backup 与 restore 要用与数据库（docker-compose.yml）同一版本的三个程序和它们的 libpq
COPY --from=postgres:17-bookworm /usr/lib/postgresql/17/bin/pg_dump /usr/lib/postgresql/17/bin/pg_restore \
    /usr/lib/postgresql/17/bin/psql /usr/lib/postgresql/17/bin/
COPY --from=postgres:17-bookworm /usr/lib/*-linux-gnu/libpq.so.5* /usr/local/lib/
RUN ldconfig
WORKDIR /srv/zhichi
COPY --chown=root:root . .
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp/cache \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    VAR_DIR=/srv/var \
    MEDIA_ROOT=/data/media \
    FIELD_KEYS_FILE=/keys/field-keys.json \
    AUDIT_ANCHOR_FILE=/keys/audit-anchor.jsonl
# 字体与静态文件在构建时备好；密钥此时只是占位，不会留在镜像里
RUN install -d -o zhichi -g zhichi /srv/var \
    && python scripts/fonts \
    && rm -rf /var/lib/apt/lists/* \
    && DJANGO_SETTINGS_MODULE=config.settings.dev python manage.py collectstatic --noinput \
    && chown -R zhichi:zhichi /srv/var
USER zhichi
EXPOSE 8000
ENTRYPOINT ["scripts/entrypoint"]
CMD ["web"]
