"""`policy backtest`: recorded calls under another policy."""
