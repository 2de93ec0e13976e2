//! Every chapter of the guide, compiled as documentation tests.
