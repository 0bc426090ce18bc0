package io.bitkv.engine;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * Links functions of the system's C library for which Java has no call.
 *
 * <p>They are called only where the user has allowed this module to ({@code --enable-native-access=io.bitkv.engine}), so that nobody
 * is warned of them, and only on Linux. Linking the first takes a tenth of a second or more, so nobody may wait for that.
 */
final class NativeCalls {
  private NativeCalls() {}

  /** Whether there may be native calls. */
  static boolean areAllowed() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux") && NativeCalls.class.getModule().isNativeAccessEnabled();
  }

  /** Links a function; only where native calls are allowed. */
  @SuppressWarnings("restricted") // Made only where the user has allowed it.
  static MethodHandle link(String name, FunctionDescriptor type, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
  }
}
