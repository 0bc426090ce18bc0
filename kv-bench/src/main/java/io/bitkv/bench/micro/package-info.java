/** The hot paths alone, measured by JMH with the bytes that they allocate. */
package io.bitkv.bench.micro;
