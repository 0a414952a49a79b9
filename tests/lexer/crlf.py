a = "one" +
  """
  select x
    from é😀.y "z"
  """
