package io.bitkv.api.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/**
 * How records of one class are taken apart and put together, by method handles.
 *
 * @param type the record class
 * @param components its components, in their order
 * @param constructor makes a record of an array of components
 * @param accessors take each component out of a record
 */
record RecordAccess(Class<?> type, RecordComponent[] components, MethodHandle constructor, MethodHandle[] accessors) {

  /**
   * Finds the constructor and the accessors.
   *
   * @param type the record class
   * @param lookup what may see it, or null to try what is public and what is open to this module
   */
  static RecordAccess of(Class<?> type, Lookup lookup) {
    if (!type.isRecord()) {
      throw new IllegalArgumentException(type.getName() + " is not a record");
    }
    if (lookup == null) {
      try {
        return find(type, MethodHandles.publicLookup());
      } catch (IllegalAccessException e) {
        RecordAccess.class.getModule().addReads(type.getModule());
        lookup = MethodHandles.lookup();
      }
    }
    try {
      return find(type, MethodHandles.privateLookupIn(type, lookup));
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(hint(type, lookup), e);
    }
  }

  private static String hint(Class<?> type, Lookup lookup) {
    Module here = RecordAccess.class.getModule();
    if (lookup.lookupClass() != RecordAccess.class) {
      return "the lookup of " + lookup.lookupClass().getName() + " may not see the record " + type.getName()
          + ": make the lookup in the record's own module, with MethodHandles.lookup()";
    }
    return "the record " + type.getName() + " is not open to " + here.getName() + ": add `opens " + type.getPackageName() + " to "
        + here.getName() + ";` to the descriptor of module " + type.getModule().getName() + ", or hand in MethodHandles.lookup()";
  }

  private static RecordAccess find(Class<?> type, Lookup lookup) throws IllegalAccessException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      MethodHandle constructor =
          lookup
              .findConstructor(type, MethodType.methodType(void.class, types))
              .asSpreader(Object[].class, types.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
      MethodHandle[] accessors = new MethodHandle[components.length];
      for (int i = 0; i < accessors.length; i++) {
        accessors[i] =
            lookup
                .findVirtual(type, components[i].getName(), MethodType.methodType(types[i]))
                .asType(MethodType.methodType(Object.class, Object.class));
      }
      return new RecordAccess(type, components, constructor, accessors);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException("the record " + type.getName() + " lacks a member that every record has", e);
    }
  }

  /** Takes a component out. */
  Object get(int component, Object record) {
    try {
      return (Object) accessors[component].invokeExact(record);
    } catch (Throwable e) {
      throw refused("accessor " + components[component].getName() + "()", e);
    }
  }

  /** Puts a record together. */
  Object make(Object[] values) {
    try {
      return (Object) constructor.invokeExact(values);
    } catch (Throwable e) {
      throw refused("constructor", e);
    }
  }

  /** What a component of a primitive type is when nothing is known of it; null for the others. */
  static Object zero(Class<?> type) {
    return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
  }

  private CodecException refused(String member, Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return new CodecException("the " + member + " of " + type.getName() + " threw " + cause, cause);
  }
}
