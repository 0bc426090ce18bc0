package io.bitkv.server;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.Keyspace;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;

/** A store whose calls, and those of the keyspaces and views that it gives out, pass by a test: it may hold them up, refuse or answer them. */
final class WatchedStore {

  /** Decides what becomes of a call. */
  @FunctionalInterface
  interface Watcher {

    /**
     * Makes a call, or does something else in its place.
     *
     * @param method the method's name
     * @param call the call as the store has it
     * @return what the caller gets
     */
    Object pass(String method, Callable<Object> call) throws Exception;
  }

  private WatchedStore() {}

  static EmbeddedStore of(EmbeddedStore store, Watcher watcher) {
    return watched(EmbeddedStore.class, store, watcher);
  }

  private static <T> T watched(Class<T> type, T real, Watcher watcher) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                watcher.pass(
                    method.getName(),
                    () -> {
                      try {
                        return given(method.invoke(real, arguments), watcher);
                      } catch (InvocationTargetException e) {
                        if (e.getCause() instanceof Exception failure) {
                          throw failure;
                        }
                        throw e;
                      }
                    }));
    return type.cast(proxy);
  }

  private static Object given(Object result, Watcher watcher) {
    return switch (result) {
      case EmbeddedStore store -> store;
      case KeyValueStore view -> watched(KeyValueStore.class, view, watcher);
      case Keyspace keyspace -> watched(Keyspace.class, keyspace, watcher);
      case null, default -> result;
    };
  }
}
