evaluate(new File(basedir, '../silent.groovy'))
