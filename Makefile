# 一条命令完成一件事；每条都会先装好自己需要的东西。
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python

.PHONY: help run test check fix bench diagram lock shots

help: ## 列出命令
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

run: ## 启动演示系统（PORT=8000，Ctrl-C 停止）
	@scripts/setup
	@exec $(PYTHON) scripts/supervise.py

test: ## 运行全部测试（含浏览器测试）
	@scripts/setup --tests
	@exec $(PYTHON) -m pytest -q -n 2 --dist loadfile $(ARGS)

check: ## 测试以外的全部检查
	@scripts/setup --tests
	@exec $(PYTHON) scripts/check.py

fix: ## 自动修正格式
	@scripts/setup
	@$(PYTHON) -m ruff check --fix --quiet . || true
	@$(PYTHON) -m ruff format .
	@$(PYTHON) -m djlint templates --reformat --quiet || true

bench: ## 性能测量（不作为测试）
	@scripts/setup
	@exec $(PYTHON) -m benchmarks

diagram: ## 由流程表重画 docs/workflow.md
	@scripts/setup
	@exec $(PYTHON) manage.py diagram

lock: ## 依赖改动后重新锁定版本
	@exec scripts/lock

shots: ## 重拍 README 截图（先在另一窗口 make run）
	@scripts/setup --tests
	@exec $(PYTHON) scripts/screenshots.py http://127.0.0.1:$${PORT:-8000}
