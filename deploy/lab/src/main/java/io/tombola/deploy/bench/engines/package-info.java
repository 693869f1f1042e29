/** How fast the engines train and evaluate, against the roofline of a core and against PyTorch. */
package io.tombola.deploy.bench.engines;
