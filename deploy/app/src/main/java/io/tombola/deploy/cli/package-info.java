/**
 * The command line: one small class per command. Results go to standard output, everything else to
 * standard error; every failure is one line there and an {@link io.tombola.deploy.cli.ExitCode}.
 */
package io.tombola.deploy.cli;
