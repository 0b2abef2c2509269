"""What nobody decides: what follows, fades, grows or is measured."""
