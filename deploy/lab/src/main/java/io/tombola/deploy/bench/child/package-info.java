/** Child processes of a benchmark, which answer each line of JSON with one line of JSON. */
package io.tombola.deploy.bench.child;
