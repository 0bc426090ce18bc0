package io.bitkv.tests.history;

import io.bitkv.api.DirectoryKind;
import java.util.List;
import java.util.stream.Collectors;

/** The words in which histories are written. */
final class Steps {

  /** A value: bytes that follow from a seed. */
  record Value(long seed, int length) {}

  private Steps() {}

  static Value value(long seed, int length) {
    return new Value(seed, length);
  }

  static Step.Put put(int space, int key, Value value) {
    return put(space, key, value, Lifetime.ENDLESS);
  }

  static Step.Put put(int space, int key, Value value, Lifetime lifetime) {
    return new Step.Put(space, key, value.seed(), value.length(), lifetime);
  }

  static Step.Write ifAbsent(Step.Put put) {
    return new Step.PutWhen(false, put);
  }

  static Step.Write ifPresent(Step.Put put) {
    return new Step.PutWhen(true, put);
  }

  static Step.Write delete(int space, int key) {
    return new Step.Delete(space, key);
  }

  static Step.Write expire(int space, int key, Lifetime lifetime) {
    return new Step.Expire(space, key, lifetime);
  }

  static Step.Write clear(int space) {
    return new Step.Clear(space);
  }

  static Step batch(Step.Write... writes) {
    return new Step.Batch(List.of(writes));
  }

  static Step transaction(Step.Write... writes) {
    return new Step.Transaction(List.of(writes));
  }

  static Step aborted(Step.Write... writes) {
    return new Step.Aborted(List.of(writes));
  }

  static Step advance(long millis) {
    return new Step.Advance(millis);
  }

  static Step sync() {
    return new Step.Sync();
  }

  static Step merge(boolean isForced) {
    return new Step.Merge(isForced);
  }

  static Step reopen(DirectoryKind kind) {
    return new Step.Reopen(kind);
  }

  static Step crash(DirectoryKind kind) {
    return new Step.Crash(kind);
  }

  static Step powerLoss(DirectoryKind kind, Damage damage) {
    return new Step.PowerLoss(kind, damage);
  }

  static Lifetime ttl(long millis) {
    return new Lifetime.Ttl(millis);
  }

  static Damage cut(int part) {
    return new Damage.Cut(part);
  }

  static Damage zeros(int part) {
    return new Damage.Zeros(part);
  }

  static Damage flip(int part, int mask) {
    return new Damage.Flip(part, mask);
  }

  static Damage garbage(long seed, int length) {
    return new Damage.Garbage(seed, length);
  }

  static Damage echo(int part) {
    return new Damage.Echo(part);
  }

  /** Prints a call with steps for arguments. */
  static String call(String name, List<? extends Step> arguments) {
    return arguments.stream().map(Step::toString).collect(Collectors.joining(", ", name + "(", ")"));
  }
}
