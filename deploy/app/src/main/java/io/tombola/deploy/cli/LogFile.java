package io.tombola.deploy.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Sends log lines to a file, never to the terminal; drops them until a file is named. */
public final class LogFile {

  private static final String PATTERN = "%d{ISO8601,UTC}Z %-5level %logger{30} [%thread] %msg%n";
  private static final String APPENDER = "file";

  private LogFile() {}

  /**
   * Logs to {@code file}, with a few older files beside it; for the process that writes to the
   * store.
   */
  public static void to(Path file) {
    LoggerContext context = context();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setFile(file.toString());

    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(file + ".%i");
    rolling.setMinIndex(1);
    rolling.setMaxIndex(3);
    rolling.start();
    appender.setRollingPolicy(rolling);

    SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
    trigger.setContext(context);
    trigger.setMaxFileSize(FileSize.valueOf("10MB"));
    trigger.start();
    appender.setTriggeringPolicy(trigger);

    attach(appender, file);
  }

  /**
   * The file in use; one in the temporary directory if there is none yet, so that a command that
   * only reads a store leaves no trace in it.
   */
  static String file() {
    if (!(root().getAppender(APPENDER) instanceof FileAppender<ILoggingEvent>)) {
      String name = "tombola-" + ProcessHandle.current().pid() + ".log";
      attach(new FileAppender<>(), Path.of(System.getProperty("java.io.tmpdir"), name));
    }
    return ((FileAppender<ILoggingEvent>) root().getAppender(APPENDER)).getFile();
  }

  private static void attach(FileAppender<ILoggingEvent> appender, Path file) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context());
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(PATTERN);
    encoder.start();
    appender.setContext(context());
    appender.setName(APPENDER);
    appender.setFile(file.toString());
    appender.setEncoder(encoder);
    appender.start();
    root().detachAndStopAllAppenders();
    root().addAppender(appender);
  }

  private static Logger root() {
    return context().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
