# `make run` opens the portal, `make test` runs the suite: from a clean clone, with Python, make and a package registry.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$python && break; \
	done)
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
# A journey or a slow test asks for one process and for what the suite leaves out.
PYTEST_ALONE := $(PYTEST) --override-ini=addopts=--strict-markers

.PHONY: help setup run test check journeys slow lock clean
.DEFAULT_GOAL := help

help: ## danh sách các lệnh này
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## mở cổng khuyến công ở http://127.0.0.1:8000/ (PORT=8001 make run: ở cổng khác)
	@$(BIN)/python manage.py serve

test: setup ## chạy bộ kiểm thử
	$(PYTEST)

setup: ## dựng môi trường Python trong .venv; chỉ làm lại khi Python hoặc thư viện thay đổi
	@"$(or $(PYTHON),false)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || { \
		echo "Cần Python 3.11, 3.12 hoặc 3.13: hãy cài, hoặc chỉ rõ, ví dụ: make PYTHON=/usr/bin/python3.12 run" >&2; exit 1; }
	@wanted="$$($(PYTHON) -VV; pwd; cksum < requirements-dev.txt)"; \
	if [ "$$(cat .venv/made-from 2>/dev/null)" != "$$wanted" ]; then \
		echo "Đang dựng môi trường Python (lần đầu mất khoảng một phút)…"; \
		$(PYTHON) -m venv --clear .venv || { \
			echo "Python thiếu mô-đun venv: trên Debian và Ubuntu hãy chạy apt install python3-venv rồi thử lại." >&2; exit 1; }; \
		{ $(BIN)/python -m pip install -qq --disable-pip-version-check uv \
			&& $(BIN)/uv pip install --quiet --system-certs --python $(BIN)/python --require-hashes -r requirements-dev.txt; } 2>/dev/null \
		|| $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt || { \
			echo "Không cài được thư viện: hãy kiểm tra kết nối tới kho thư viện rồi chạy lại." >&2; exit 1; }; \
		printf '%s\n' "$$wanted" > .venv/made-from; \
	fi

check: export KHUYENCONG_MODE = production
check: export ALLOWED_HOSTS = example.gov.vn
check: setup ## kiểm tra mã nguồn, di trú, cấu hình vận hành và tệp khoá thư viện; không sửa gì
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	KHUYENCONG_MODE=demonstration $(BIN)/python manage.py makemigrations --check --dry-run
	@echo "manage.py check --deploy"
	@SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
		$(BIN)/python -m khuyencong.embedded $(BIN)/python manage.py check --deploy --fail-level WARNING
	@if grep -HnE '://|^[A-Za-z].*[^\\]$$' requirements.txt requirements-dev.txt; then \
		echo "Tệp khoá thư viện có địa chỉ, hoặc có thư viện không kèm mã băm: hãy chạy make lock." >&2; exit 1; fi

journeys: setup ## đi hết các hành trình trong trình duyệt thật
	DJANGO_ALLOW_ASYNC_UNSAFE=true $(PYTEST_ALONE) tests/journeys

slow: setup ## những kiểm thử lâu: ngắt điện, khởi động lại, hàng triệu dòng
	$(PYTEST_ALONE) -m slow --ignore=tests/journeys tests

lock: setup ## ghi lại requirements*.txt theo pyproject.toml
	$(BIN)/uv lock
	$(BIN)/uv export --quiet --frozen --no-emit-project --no-annotate --no-header --no-default-groups -o requirements.txt
	$(BIN)/uv export --quiet --frozen --no-emit-project --no-annotate --no-header --all-groups -o requirements-dev.txt

clean: ## xoá môi trường và mọi thứ dựng lại được; giữ dữ liệu ở var/main-*
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis var/log var/static var/test-*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
