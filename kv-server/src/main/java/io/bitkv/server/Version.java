package io.bitkv.server;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/** The version of this program. */
final class Version {

  private Version() {}

  /** The version that the module's descriptor names, which the build writes there. */
  static String number() {
    return Optional.ofNullable(Version.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .orElse("development");
  }
}
