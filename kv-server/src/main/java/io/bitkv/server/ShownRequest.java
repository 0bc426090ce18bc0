package io.bitkv.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Requests as operators see them: passwords left out. */
final class ShownRequest {

  private static final String REDACTED = "(redacted)";
  private static final int MAX_ARGUMENTS = 32;
  private static final int MAX_BYTES = 128;

  private ShownRequest() {}

  /** All arguments in one line, quoted, with everything but visible ASCII escaped. */
  static String line(Command command, Arguments arguments) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < arguments.count(); i++) {
      line.append(i == 0 ? "\"" : " \"");
      if (isSecret(command, arguments, i)) {
        line.append(REDACTED);
      } else {
        appendEscaped(line, arguments, i);
      }
      line.append('"');
    }
    return line.toString();
  }

  /** The first arguments, and the beginning of each. */
  static List<byte[]> beginnings(Command command, Arguments arguments) {
    int count = arguments.count();
    int whole = count > MAX_ARGUMENTS ? MAX_ARGUMENTS - 1 : count;
    List<byte[]> shown = new ArrayList<>(whole + 1);
    for (int i = 0; i < whole; i++) {
      shown.add(isSecret(command, arguments, i) ? bytes(REDACTED) : beginning(arguments, i));
    }
    if (whole < count) {
      shown.add(bytes("... (" + (count - whole) + " more arguments)"));
    }
    return shown;
  }

  /** The beginning of an argument, and how much more of it there was. */
  static byte[] beginning(Arguments arguments, int index) {
    int more = arguments.length(index) - MAX_BYTES;
    if (more <= 0) {
      return arguments.bytes(index);
    }
    byte[] mark = bytes("... (" + more + " more bytes)");
    byte[] shown = new byte[MAX_BYTES + mark.length];
    System.arraycopy(arguments.buffer(), arguments.offset(index), shown, 0, MAX_BYTES);
    System.arraycopy(mark, 0, shown, MAX_BYTES, mark.length);
    return shown;
  }

  private static boolean isSecret(Command command, Arguments arguments, int index) {
    return switch (command.name()) {
      case "auth" -> index > 0;
      case "hello" -> isAfter(arguments, index, 1, "AUTH") || isAfter(arguments, index, 2, "AUTH");
      case "acl|setuser" -> index > 2;
      case "config|set" ->
          index > 2
              && index % 2 != 0
              && arguments.text(index - 1, MAX_BYTES).toLowerCase(Locale.ROOT).contains("pass");
      default -> false;
    };
  }

  private static boolean isAfter(Arguments arguments, int index, int distance, String word) {
    return index - distance >= 2 && arguments.is(index - distance, word);
  }

  private static void appendEscaped(StringBuilder line, Arguments arguments, int index) {
    int from = arguments.offset(index);
    for (int i = from; i < from + arguments.length(index); i++) {
      int b = arguments.buffer()[i] & 0xff;
      switch (b) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        case '\b' -> line.append("\\b");
        case 7 -> line.append("\\a");
        case '"', '\\' -> line.append('\\').append((char) b);
        default -> {
          if (b >= ' ' && b <= '~') {
            line.append((char) b);
          } else {
            line.append(String.format(Locale.ROOT, "\\x%02x", b));
          }
        }
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
