package io.bitkv.server;

import java.util.List;

/** The settings that bound what the data may take, see {@link Settings}. */
final class LimitSettings {

  static final Setting<Long> MAX_MEMORY =
      Setting.changeable(
          "maxmemory",
          "SIZE",
          "how much memory the key directory and the clients' buffers may take before writes that"
              + " make data grow are refused; 0 is no limit",
          0L,
          Setting.size(0, Long.MAX_VALUE));

  static final Setting<Long> MAX_DISK_SIZE =
      Setting.changeable(
          "max-disk-size",
          "SIZE",
          "how much the store's files may take before writes that make data grow are refused; 0 is"
              + " no limit",
          0L,
          Setting.size(0, Long.MAX_VALUE));

  /** These settings, in the order of the help text. */
  static final List<Setting<?>> ALL = List.of(MAX_MEMORY, MAX_DISK_SIZE);

  private LimitSettings() {}
}
