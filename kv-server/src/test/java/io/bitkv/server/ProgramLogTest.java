package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.bitkv.api.InvalidOptionException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The log of the program is as the environment asks for it. */
class ProgramLogTest {
  private final LoggerContext context = new LoggerContext();
  private final Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);

  /** The log's line about an event whose message has two. */
  private String line(Map<String, String> environment) {
    assertEquals(
        ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY, ProgramLog.of(environment).configure(context));
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>) root.iteratorForAppenders().next();
    assertEquals("System.err", appender.getTarget());
    Logger logger = context.getLogger(ProgramLog.class);
    LoggingEvent event =
        new LoggingEvent("", logger, Level.WARN, "told {}\r\nand \"more\"", null, new Object[] {1});
    event.setMDCPropertyMap(Map.of());
    return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
  }

  private static String refusal(Executable use) {
    return assertThrows(InvalidOptionException.class, use)
        .getMessage();
  }

  @Test
  void anEventIsOneLineOfText() {
    String line = line(Map.of());
    assertTrue(
        line.matches(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} WARN  ProgramLog: told 1 and \"more\"\n"),
        line);
    assertEquals(Level.INFO, root.getLevel());
  }

  @Test
  void anEventIsAnObjectOnOneLineWhereJsonIsAskedFor() {
    String line = line(Map.of("KV_LOG_FORMAT", "json", "KV_LOG_LEVEL", "debug"));
    assertTrue(line.startsWith("{\"timestamp\":"), line);
    assertTrue(line.contains("\"level\":\"WARN\""), line);
    assertTrue(line.contains("\"formattedMessage\":\"told 1\\r\\nand \\\"more\\\"\""), line);
    assertEquals(line.length() - 1, line.indexOf('\n'));
    assertEquals(Level.DEBUG, root.getLevel());
  }

  @Test
  void whatNobodyKnowsIsRefused() {
    assertEquals(
        "KV_LOG_FORMAT: \"xml\" is no format; use text or json",
        refusal(() -> ProgramLog.of(Map.of("KV_LOG_FORMAT", "xml"))));
    assertEquals(
        "KV_LOG_LEVEL: \"loud\" is no level; use ERROR, WARN, INFO, DEBUG or TRACE",
        refusal(() -> ProgramLog.of(Map.of("KV_LOG_LEVEL", "loud"))));
  }

  @Test
  void theLogOfAnotherProgramIsLeftAlone() {
    assertEquals(ExecutionStatus.INVOKE_NEXT_IF_ANY, new ProgramLog().configure(context));
    assertFalse(root.iteratorForAppenders().hasNext());
  }
}
