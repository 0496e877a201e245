@echo off
rem Builds the jar if it is missing or older than its sources, and runs it.
rem   stowage.cmd [OPTIONS]            the emulator (stowage.cmd --help lists the options)
rem   stowage.cmd contract [OPTIONS]   the contract suite against a service (stowage.cmd contract --help)
setlocal EnableExtensions DisableDelayedExpansion

set "root=%~dp0"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
rem No block here: a path with a parenthesis, as in "Program Files (x86)", would end it.
"%java%" -version >nul 2>&1 || goto no_java

set "module=standalone"
set "jar=%root%standalone\target\stowage.jar"
set "what=the emulator"
set "client="
set "modules=storage-api,command-line,emulator,console,data-store,standalone"
set "arguments=%*"
set "engine="
echo %STOWAGE_STORE% %* | findstr /i "postgresql:// postgres://" >nul && set "engine=postgresql"
echo %STOWAGE_STORE% %* | findstr /i "etcd:// etcds://" >nul && set "engine=etcd"
if defined engine (
    set "module=standalone,%engine%-store"
    set "client=%root%%engine%-store\target\stowage-%engine%.jar"
    set "modules=%modules%,%engine%-store"
)
if /i "%~1"=="contract" (
    set "module=contract-tests"
    set "client="
    set "jar=%root%contract-tests\target\stowage-contract.jar"
    set "what=the contract suite"
    set "modules=storage-api,command-line,contract-tests"
)
rem The first compiler alone: a start is faster, and all together takes less processor time, up to some 200,000 operations.
set "options=-XX:TieredStopAtLevel=1"
if defined client set "options="
rem Everything after the first word, as it was typed.
if "%module%"=="contract-tests" for /f "tokens=1*" %%a in ("%arguments%") do set "arguments=%%b"

powershell -NoProfile -ExecutionPolicy Bypass -Command ^
    "$jar = Get-Item -LiteralPath $env:jar -ErrorAction SilentlyContinue; if (-not $jar) { exit 1 };" ^
    "$sources = @('pom.xml', 'CONTRACT.md') + ($env:modules -split ',' | ForEach-Object { ($_ + '\pom.xml'), ($_ + '\src\main') });" ^
    "$sources = $sources | ForEach-Object { Join-Path $env:root $_ };" ^
    "$newer = Get-ChildItem -LiteralPath $sources -Recurse -File | Where-Object { $_.LastWriteTimeUtc -gt $jar.LastWriteTimeUtc };" ^
    "if ($newer) { exit 1 }"
if not errorlevel 1 if defined client if not exist "%client%" cmd /c exit 1
if errorlevel 1 (
    echo stowage: building %what% ^(once; the first time takes a minute or two^)>&2
    pushd "%root%"
    call mvnw.cmd -B -ntp -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true package -pl %module% -am 1>&2
    if errorlevel 1 (
        popd
        echo stowage: the build failed; Maven's output is above. A JDK, 17 or newer, is required.>&2
        exit /b 1
    )
    popd
)

if defined client copy /y "%client%" "%root%standalone\target\" >nul
"%java%" %options% -jar "%jar%" %arguments%
set "status=%errorlevel%"
if "%module%"=="standalone" (
    if "%~1"=="--help" echo.& echo stowage.cmd contract [OPTIONS] runs the contract suite against a service: stowage.cmd contract --help
    if "%~1"=="-h" echo.& echo stowage.cmd contract [OPTIONS] runs the contract suite against a service: stowage.cmd contract --help
)
exit /b %status%

:no_java
echo stowage: found no Java at '%java%'. A JDK, 17 or newer, is required, on the PATH or in JAVA_HOME.>&2
exit /b 1
