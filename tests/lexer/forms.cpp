auto a = R"(raw "q" it's \n)" R"sql(select ")"
  from x)sql" u8R"(u)" LR"x(y)x"; int n = 1'000'000; auto s = "x"_s; char c = u8'c';
std::string operator""_km(const char *x); std::vector<std::vector<int>> v; auto t = "after";
#if 0
don't
#endif
auto u = "end";
