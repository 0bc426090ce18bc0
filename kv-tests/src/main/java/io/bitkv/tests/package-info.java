/** Tests of all modules together, run on the module path as a user's program would be. */
package io.bitkv.tests;
