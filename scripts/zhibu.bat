@echo off
rem zhibu for Windows: double-click for the menu, or drop workbooks on this file.
rem The ledger lies in the folder of this file. Set the code page before any Chinese text.
chcp 65001 >nul
setlocal
set PYTHONUTF8=1
cd /d "%~dp0"

set "ZHIBU=zhibu"
where zhibu >nul 2>nul && goto run
set "ZHIBU=py -m zhibu_cli"
py -m zhibu_cli --version >nul 2>nul && goto run
set "ZHIBU=python -m zhibu_cli"
python -m zhibu_cli --version >nul 2>nul && goto run
echo 没有找到 zhibu。请先安装：py -m pip install zhibu
set "CODE=1"
goto end

:run
%ZHIBU% %*
set "CODE=%ERRORLEVEL%"

:end
echo.
pause
exit /b %CODE%
