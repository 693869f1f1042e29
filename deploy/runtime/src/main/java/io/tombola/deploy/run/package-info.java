/** Runs a campaign for the command line: store, broker, pipeline, progress, finding and report. */
package io.tombola.deploy.run;
