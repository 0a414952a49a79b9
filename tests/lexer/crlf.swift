let a = """
  select x
    from é.y
  """ + "b"
