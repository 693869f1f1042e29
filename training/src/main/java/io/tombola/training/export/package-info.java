/**
 * Tickets in other tools' formats: PyTorch's layout of weights, and the files that PyTorch and
 * NumPy read. Equal tickets give equal bytes.
 */
package io.tombola.training.export;
