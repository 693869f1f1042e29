package io.tombola.deploy.endtoend;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real browser, without a window. */
final class Browser implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration GLANCE = Duration.ofMillis(50);

  /** It warns of parts of the browser's protocol that no test here needs. */
  private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts it; aborts the test if there is none.
   *
   * @param profile an empty folder, separate from the profile of the user who runs the tests
   */
  static Browser start(Path profile) {
    Tool.requireChromium();
    DEVTOOLS.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Tool.CHROMIUM);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(Tool.CHROMEDRIVER))
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  void open(String url) {
    driver.get(url);
  }

  /** Makes the window that large, and the system's colours these; a phone has a finger. */
  void look(int width, int height, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** What a script in the page gives. */
  Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  String text(String selector) {
    return (String) script("return document.querySelector(arguments[0]).textContent", selector);
  }

  void click(String selector) {
    driver.findElement(By.cssSelector(selector)).click();
  }

  /** Presses keys one after the other, wherever the focus is. */
  void press(CharSequence... keys) {
    for (CharSequence key : keys) {
      new Actions(driver).sendKeys(key).perform();
    }
  }

  /** Presses Tab until what is wanted has the focus. */
  void tabTo(String selector) {
    for (int step = 0; step < 200; step++) {
      press(Keys.TAB);
      if (hasFocus(selector)) {
        return;
      }
    }
    throw new AssertionError("no way with the keyboard to " + selector);
  }

  boolean hasFocus(String selector) {
    return Boolean.TRUE.equals(
        script("return document.activeElement.matches(arguments[0])", selector));
  }

  /** Waits until a script gives true. */
  void await(String condition, Object... arguments) {
    await(condition, () -> Boolean.TRUE.equals(script("return " + condition, arguments)));
  }

  private void await(String what, Supplier<Boolean> condition) {
    new WebDriverWait(driver, TIMEOUT, GLANCE)
        .ignoring(StaleElementReferenceException.class, JavascriptException.class)
        .withMessage(() -> what + "; the page says:\n" + text("body"))
        .until(page -> condition.get());
  }

  /** What the page complained of: errors of scripts, and what its policy kept out. */
  List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream()
        .map(LogEntry::getMessage)
        .filter(line -> !line.contains("net::ERR_"))
        .toList();
  }

  /** Takes a picture of the window. */
  void picture(Path file) throws IOException {
    Object data = driver.executeCdpCommand("Page.captureScreenshot", Map.of()).get("data");
    Files.write(file, Base64.getDecoder().decode((String) data));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
