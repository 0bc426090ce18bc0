package io.bitkv.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.bitkv.api.InvalidOptionException;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * The program's log, as Logback's service: one line an event on standard error. It is set up here,
 * and not by a file, because reading one takes a tenth of the time that a server needs to start.
 *
 * <p>In the environment, {@code KV_LOG_LEVEL} changes how much it tells (a level of Logback, INFO
 * if there is none), and {@code KV_LOG_FORMAT=json} makes each line an object. Where this module is
 * a library of another program, or a file is named by {@code -Dlogback.configurationFile}, it
 * leaves the log to them.
 */
@SuppressWarnings("exports") // Only Logback uses it, and has these modules.
public final class ProgramLog extends ContextAwareBase implements Configurator {

  private static final String LEVEL = "KV_LOG_LEVEL";
  private static final String FORMAT = "KV_LOG_FORMAT";
  private static final String PATTERN =
      "%date{ISO8601} %-5level %logger{0}: %replace(%message){'[\\r\\n]+', ' '}%n";

  private static volatile Wish chosen;

  private final Wish wish;

  /** What the log is to be like. */
  private record Wish(Level level, boolean isJson) {}

  /** For Logback, which makes one to ask whether it sets the log up. */
  public ProgramLog() {
    this(chosen);
  }

  private ProgramLog(Wish wish) {
    this.wish = wish;
  }

  /**
   * Takes over the log of this process, which nobody may have used yet, and sets it up: threads that
   * did so at the same time would get stand-ins.
   *
   * @throws InvalidOptionException as {@link #of} tells
   */
  static void takeOver(Map<String, String> environment) {
    chosen = of(environment).wish;
    LoggerFactory.getILoggerFactory();
  }

  /**
   * Makes a log as an environment asks for it.
   *
   * @throws InvalidOptionException naming what is asked for and nobody knows
   */
  static ProgramLog of(Map<String, String> environment) {
    String level = environment.getOrDefault(LEVEL, "INFO");
    String format = environment.getOrDefault(FORMAT, "text");
    Level known = Level.toLevel(level, null);
    if (known == null) {
      throw new InvalidOptionException(
          LEVEL + ": \"" + level + "\" is no level; use ERROR, WARN, INFO, DEBUG or TRACE");
    }
    if (!format.equals("text") && !format.equals("json")) {
      throw new InvalidOptionException(
          FORMAT + ": \"" + format + "\" is no format; use text or json");
    }
    return new ProgramLog(new Wish(known, format.equals("json")));
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (wish == null || System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget(ConsoleTarget.SystemErr.getName());
    appender.setEncoder(encoder(context));
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(wish.level);
    root.addAppender(appender);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private Encoder<ILoggingEvent> encoder(LoggerContext context) {
    Encoder<ILoggingEvent> encoder = wish.isJson ? json() : text();
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> text() {
    PatternLayoutEncoder text = new PatternLayoutEncoder();
    text.setPattern(PATTERN);
    return text;
  }

  private static Encoder<ILoggingEvent> json() {
    JsonEncoder json = new JsonEncoder();
    json.setWithSequenceNumber(false);
    json.setWithNanoseconds(false);
    json.setWithContext(false);
    json.setWithMessage(false);
    json.setWithArguments(false);
    json.setWithFormattedMessage(true);
    return json;
  }
}
