package dev.stowage.console;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import dev.stowage.store.RequiredProgram;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.NoAlertPresentException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium with a person's eyes and hands: texts, links, labels and buttons. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Set<String> SERIOUS = Set.of("serious", "critical");
    /** Of an API of the browser that these tests don't use. */
    private static final Logger VERSION_WARNINGS = Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

    private final URI server;
    private final ChromeDriver driver;

    private Browser(URI server, ChromeDriver driver) {
        this.server = server;
        this.driver = driver;
    }

    /** Starts a browser; where there is none, the test is skipped, or fails if it is required. */
    static Browser start(URI server, Path profile) {
        RequiredProgram.check("chromium", "--version", "chromium");
        RequiredProgram.check("chromedriver", "--version", "chromium-driver");
        VERSION_WARNINGS.setLevel(Level.OFF);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium"));
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--no-default-browser-check",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--force-prefers-reduced-motion",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(program("chromedriver")))
                .usingAnyFreePort()
                .build();
        Browser browser = new Browser(server, new ChromeDriver(service, options));
        browser.resize(1440, 900);
        return browser;
    }

    private static String program(String name) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            Path program = Path.of(folder, name);
            if (Files.isExecutable(program)) {
                return program.toString();
            }
        }
        throw new AssertionError(name + " is not on the PATH");
    }

    /** Sets the size of the page, not of the window. */
    void resize(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void prefer(String theme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    void open(String path) {
        driver.get(server.resolve(path).toString());
    }

    /** The text that a person sees. */
    String text() {
        return driver.findElement(By.tagName("main")).getText();
    }

    String title() {
        return driver.getTitle();
    }

    String path() {
        URI current = URI.create(driver.getCurrentUrl());
        return current.getPath() + (current.getQuery() == null ? "" : "?" + current.getQuery());
    }

    void awaitText(String text) {
        patiently()
                .withMessage(() -> "the text '" + text + "' on the page:\n" + text())
                .until(page -> text().contains(text));
    }

    /** Follows a link, and waits for its page. */
    void follow(String link) {
        click(By.linkText(link));
    }

    /** Presses a button, and waits for the page that follows, or for the question that the page asks. */
    void press(String button) {
        click(By.xpath("//button[starts-with(normalize-space(.), " + quoted(button) + ")]"));
    }

    private void click(By what) {
        driver.executeScript("window.isLeft = true");
        patiently().until(page -> {
            page.findElement(what).click();
            return true;
        });
        awaitNextPage();
    }

    private void awaitNextPage() {
        patiently()
                .until(page -> asks()
                        || driver.executeScript("return window.isLeft === true").equals(false));
    }

    private WebDriverWait patiently() {
        WebDriverWait wait = new WebDriverWait(driver, PATIENCE);
        // While a page is replaced by the next one, its elements and its scripts are gone.
        wait.ignoreAll(List.of(StaleElementReferenceException.class, JavascriptException.class));
        return wait;
    }

    private boolean asks() {
        try {
            driver.switchTo().alert();
            return true;
        } catch (NoAlertPresentException silent) {
            return false;
        }
    }

    /** Enters a text into the field with a label. */
    void enter(String label, String text) {
        WebElement field = field(label);
        field.clear();
        field.sendKeys(text);
    }

    void choose(String label, String option) {
        new Select(field(label)).selectByValue(option);
    }

    /** Chooses a file. */
    void upload(Path file) {
        driver.findElement(By.cssSelector("input[type=file]"))
                .sendKeys(file.toAbsolutePath().toString());
    }

    /** Drops a file with a text onto the place where one can be imported. */
    void drop(String text) {
        driver.executeScript(
                "const files = new DataTransfer();"
                        + "files.items.add(new File([arguments[0]], 'dropped.json', {type: 'application/json'}));"
                        + "document.querySelector('[data-import]').dispatchEvent("
                        + "new DragEvent('drop', {dataTransfer: files, bubbles: true, cancelable: true}));",
                text);
    }

    void unfold(String summary) {
        patiently().until(page -> {
            page.findElement(By.xpath("//summary[starts-with(normalize-space(.), " + quoted(summary) + ")]"))
                    .click();
            return true;
        });
    }

    /** Answers the question that the page asks. */
    void accept() {
        driver.switchTo().alert().accept();
        awaitNextPage();
    }

    String valueOf(String label) {
        return String.valueOf(field(label).getDomProperty("value"));
    }

    private WebElement field(String label) {
        String named = "//label[starts-with(normalize-space(.), " + quoted(label) + ")]";
        return driver.findElement(
                By.xpath(named + "/*[self::input or self::select or self::textarea] | //*[@id=" + named + "/@for]"));
    }

    private static String quoted(String text) {
        return text.indexOf('\'') < 0 ? "'" + text + "'" : "\"" + text + "\"";
    }

    /** Whether the page is wider than the window, so that a person would have to scroll sideways. */
    boolean isTooWide() {
        return Boolean.TRUE.equals(
                driver.executeScript("return document.documentElement.scrollWidth > window.innerWidth"));
    }

    /** What hinders a person with a screen reader or a keyboard, if it is serious. */
    List<String> accessibilityProblems() {
        return new AxeBuilder()
                .analyze(driver).getViolations().stream()
                        .filter(rule -> SERIOUS.contains(rule.getImpact()))
                        .map(Browser::describe)
                        .toList();
    }

    private static String describe(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " at "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }

    /** What the browser complains about: scripts that failed, and what the page's security policy has forbidden. Refusals are none. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("the server responded with a status of 4"))
                .toList();
    }

    Object run(String script) {
        return driver.executeScript(script);
    }

    void keepScreenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
