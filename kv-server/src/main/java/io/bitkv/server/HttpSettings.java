package io.bitkv.server;

import java.util.List;

/** The settings of the port for monitoring, see {@link Settings}. */
final class HttpSettings {

  static final Setting<Integer> HTTP_PORT =
      Setting.fixed(
          "http-port",
          "NUMBER",
          "the HTTP port of /metrics, /health/live and /health/ready; 0 takes any free one",
          Setting.OFF,
          Setting.port());

  static final Setting<String> HTTP_BIND =
      Setting.fixed(
          "http-bind",
          "ADDRESS",
          "the address of the HTTP port; whoever reaches it can read figures, and nothing else",
          "127.0.0.1",
          Setting.text());

  /** These settings, in the order of the help text. */
  static final List<Setting<?>> ALL = List.of(HTTP_PORT, HTTP_BIND);

  private HttpSettings() {}
}
