package io.bitkv.engine;

import io.bitkv.api.StoreListener;

/** Tells the listener what happens, one event at a time; what a listener throws does not harm the store. */
final class Events {
  private final StoreListener listener;

  Events(StoreListener listener) {
    this.listener = listener;
  }

  synchronized void emit(StoreListener.Event event) {
    try {
      listener.onEvent(event);
    } catch (RuntimeException e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}
