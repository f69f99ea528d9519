#!/bin/sh
# zhibu for Linux desktops: without arguments the menu, with workbooks they are imported and checked.
# The ledger lies in ~/党支部台账 unless ZHIBU_HOME names another folder.
export PYTHONUTF8=1
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    '' | C | POSIX) export LC_ALL=C.UTF-8 ;;
esac

home=${ZHIBU_HOME:-$HOME/党支部台账}
code=1
if ! mkdir -p "$home" || ! cd "$home"; then
    echo "打不开文件夹 $home。"
elif command -v zhibu >/dev/null 2>&1; then
    zhibu "$@"
    code=$?
elif [ -x "$HOME/.local/bin/zhibu" ]; then
    "$HOME/.local/bin/zhibu" "$@"
    code=$?
elif python3 -m zhibu_cli --version >/dev/null 2>&1; then
    python3 -m zhibu_cli "$@"
    code=$?
else
    echo "没有找到 zhibu。请先安装：python3 -m pip install --user zhibu"
fi

# a window that closes at once shows nobody what happened
if [ -t 0 ] && [ -t 1 ]; then
    printf '\n按回车关闭窗口。'
    read -r _
fi
exit "$code"
