//! What the applications under test are driven with.
