/**
 * {@code tombola bench}: {@code engines} and {@code campaign} answer users' questions, {@code
 * developer} those of people who change the code; {@code measure} and {@code child} are what they
 * measure with.
 */
package io.tombola.deploy.bench;
