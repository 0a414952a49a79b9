class Forms { // it's
  String a = "it's \"q\" \u00e9\t\0";
  char c = '\'', d = '"', e = 'é';
  String b = """
      select "x"   
        from y \
      where z = 'é'
      and \"""t""";
  String f = """
    a
   b
  """;
  @Query("select " + "x") /* "no" */ int g;
}
